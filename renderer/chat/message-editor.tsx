import { type KeyboardEvent, useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { TimelineItem } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { GrowingTextarea } from '../ui/growing-textarea.tsx';
import type { ConversationModel } from './conversation-model.ts';
import './message-editor.css';

/** A message of one's own being changed: Enter keeps it, Escape leaves it as it was. */
export function MessageEditor({
  model,
  item,
}: {
  readonly model: ConversationModel;
  readonly item: TimelineItem;
}) {
  const { t } = useWords();
  const [text, setText, forget] = useKeptEdit(item);
  const leave = () => {
    forget();
    model.stopEditing();
  };
  const keep = async () => {
    if (await model.edit(item, text)) forget();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void keep();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="message-editor">
      <GrowingTextarea
        label={t('chat:edit.label')}
        value={text}
        onChange={setText}
        onKeyDown={onKeyDown}
        focusAtEnd
        className="message-editor-text"
      />
      <div className="message-editor-actions">
        <span className="least">{t('chat:edit.hint')}</span>
        <Button onPress={leave}>{t('common:cancel')}</Button>
        <Button tone="soft" onPress={() => void keep()}>
          {t('chat:edit.keep')}
        </Button>
      </div>
    </div>
  );
}

/**
 * What a message is being changed into. It is kept as drafts are: scrolled out of sight, or after a crash, the words are
 * there again when one changes the message. What is typed before they were read wins.
 */
function useKeptEdit(item: TimelineItem): [string, (text: string) => void, () => void] {
  const { drafts } = useWorkspace();
  const before = item.content.kind === 'text' ? item.content.text : '';
  const [typed, setTyped] = useState<string | null>(null);
  const place = `edit ${item.eventId}`;
  useEffect(() => {
    let gone = false;
    const take = async () => {
      const kept = await drafts.read(place);
      if (!gone && kept !== '') setTyped((now) => now ?? kept);
    };
    void take();
    return () => {
      gone = true;
    };
  }, [drafts, place]);
  const change = (text: string) => {
    setTyped(text);
    drafts.write(place, text === before ? '' : text);
  };
  return [typed ?? before, change, () => drafts.write(place, '')];
}
