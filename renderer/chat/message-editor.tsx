import { type KeyboardEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { TimelineItem } from '../matrix/protocol.ts';
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
  const [text, setText] = useState(item.content.kind === 'text' ? item.content.text : '');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') model.stopEditing();
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing)
      void model.edit(item, text);
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
        <Button onPress={model.stopEditing}>{t('common:cancel')}</Button>
        <Button tone="soft" onPress={() => void model.edit(item, text)}>
          {t('chat:edit.keep')}
        </Button>
      </div>
    </div>
  );
}
