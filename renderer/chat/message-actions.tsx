import { Toolbar } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import type { TimelineItem } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { CopyIcon, PencilSimpleIcon, TrashIcon } from '../ui/icons.ts';
import { type ConversationModel, isEditable } from './conversation-model.ts';
import { EmojiButton } from './emoji-button.tsx';
import './message-actions.css';

interface Props {
  readonly model: ConversationModel;
  readonly item: TimelineItem;
  readonly onDelete: () => void;
  /** The emoji list is open: the toolbar must stay. */
  readonly onBusy: (busy: boolean) => void;
}

/** What can be done with a message, over its upper right corner while it is pointed at or has the focus. */
export function MessageActions({ model, item, onDelete, onBusy }: Props) {
  const { t } = useWords();
  const { bridge, toasts } = useWorkspace();
  const { eventId, content } = item;
  if (eventId === null || content.kind === 'deleted' || content.kind === 'unreadable') return null;
  const copy = async (text: string) => {
    const outcome = await bridge.app.copyText({ text });
    if (outcome.ok) toasts.show('ok', (words) => words.t('common:copied'));
  };
  return (
    <Toolbar className="message-actions" aria-label={t('chat:actions.label')}>
      <EmojiButton
        label={t('chat:actions.react')}
        onChoose={(emoji) => model.react(eventId, emoji)}
        onOpenChange={onBusy}
      />
      {isEditable(item) && (
        <IconButton
          icon={PencilSimpleIcon}
          label={t('chat:actions.edit')}
          onPress={() => model.editing.set(item.key)}
        />
      )}
      {content.kind === 'text' && (
        <IconButton icon={CopyIcon} label={t('common:copy')} onPress={() => void copy(content.text)} />
      )}
      {item.mine && <IconButton icon={TrashIcon} label={t('chat:actions.delete')} onPress={onDelete} />}
    </Toolbar>
  );
}
