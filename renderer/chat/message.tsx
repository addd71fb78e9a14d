import { memo, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { Person, TimelineContent, TimelineItem } from '../matrix/protocol.ts';
import { PersonAvatar } from '../salons/salon-avatar.tsx';
import { Pill } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { LockOpenIcon, ProhibitIcon } from '../ui/icons.ts';
import { StateIcon } from '../ui/notice.tsx';
import { useSelected } from '../ui/store.ts';
import { CallCard } from './call-card.tsx';
import { ChatFileCard } from './chat-file-card.tsx';
import type { ConversationModel } from './conversation-model.ts';
import { FolderFileCard } from './file-cards.tsx';
import { ImageMessage } from './image-message.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageText } from './message-text.tsx';
import './message.css';

interface Props {
  readonly model: ConversationModel;
  readonly item: TimelineItem;
  readonly continued: boolean;
  /** The keyboard is on it or in it. */
  readonly focused: boolean;
}

/** One message: who and when (once for several in a row), what, reactions, and whether it left. */
export const Message = memo(function Message({ model, item, continued, focused }: Props) {
  const [deleting, setDeleting] = useState(false);
  const { pointed, busy, ...pointing } = usePointed();
  const shown = pointed || focused;
  const own = useRef<HTMLDivElement>(null);
  const closeDelete = () => {
    setDeleting(false);
    // The button that asked is gone when the dialog gives the focus back: the message takes it.
    requestAnimationFrame(() => own.current?.closest<HTMLElement>('[data-row]')?.focus());
  };
  const editing = useSelected(model.editing, (key) => key === item.key);
  return (
    <div
      ref={own}
      className={cx(
        'message',
        continued && 'message-continued',
        shown && 'message-pointed',
        editing && 'message-editing',
      )}
      {...pointing}
    >
      <Margin item={item} continued={continued} />
      <div className="message-body">
        {!continued && <Heading sender={item.sender} mine={item.mine} at={item.at} />}
        {editing ? <MessageEditor model={model} item={item} /> : <Content model={model} item={item} />}
        {item.inClear && <InClear />}
        <Reactions model={model} item={item} />
        <SendingState model={model} item={item} />
      </div>
      {shown && !editing && (
        <MessageActions model={model} item={item} onBusy={busy} onDelete={() => setDeleting(true)} />
      )}
      {deleting && <ConfirmDelete model={model} item={item} onClose={closeDelete} />}
    </div>
  );
});

/** Whether the mouse is on the message, or its emoji list is open. */
function usePointed() {
  const [hovered, setHovered] = useState(false);
  const [busy, setBusy] = useState(false);
  return {
    pointed: hovered || busy,
    busy: setBusy,
    onMouseEnter: () => setHovered(true),
    onMouseLeave: () => setHovered(false),
  };
}

function Margin({ item, continued }: { readonly item: TimelineItem; readonly continued: boolean }) {
  const { format } = useWords();
  if (!continued) return <PersonAvatar person={item.sender} />;
  return (
    <span className="message-hour least figures" aria-hidden>
      {format.time(item.at)}
    </span>
  );
}

/** Who wrote, and when. */
export function Heading({
  sender,
  mine,
  at,
}: {
  readonly sender: Person;
  readonly mine: boolean;
  readonly at: number;
}) {
  const { t, format } = useWords();
  return (
    <p className="message-heading">
      <span className="message-who cut">{mine ? t('common:you') : sender.name}</span>
      {sender.partnerOf !== null && <Pill>{t('common:partnerOf', { organisation: sender.partnerOf })}</Pill>}
      <time className="least figures" dateTime={new Date(at).toISOString()} title={format.full(at)}>
        {format.time(at)}
      </time>
    </p>
  );
}

function Content({ model, item }: { readonly model: ConversationModel; readonly item: TimelineItem }) {
  const { content } = item;
  switch (content.kind) {
    case 'text':
      return <MessageText content={content} edited={item.edited} />;
    case 'image':
      return <ImageMessage content={content} />;
    case 'file':
      return <ChatFileCard content={content} />;
    case 'folder-file':
      return <FolderFileCard salonId={model.salonId} content={content} />;
    case 'call':
      return <CallCard salonId={model.salonId} content={content} at={item.at} />;
    case 'deleted':
    case 'unreadable':
      return <Absent content={content} />;
    case 'membership':
    case 'renamed':
    case 'created':
      return null;
  }
}

/** Says that a message did not travel encrypted. */
function InClear() {
  const { t } = useWords();
  return (
    <p className="message-in-clear least" title={t('chat:inClear.text')}>
      <LockOpenIcon size={14} aria-hidden /> {t('chat:inClear.title')}
    </p>
  );
}

function Absent({
  content,
}: {
  readonly content: Extract<TimelineContent, { kind: 'deleted' | 'unreadable' }>;
}) {
  const { t } = useWords();
  if (content.kind === 'deleted') {
    return (
      <p className="message-absent">
        <ProhibitIcon size={16} aria-hidden /> {t('chat:deleted')}
      </p>
    );
  }
  return (
    <p className="message-absent">
      <StateIcon tone={content.reason === 'waiting-for-key' ? 'wait' : 'warn'} size={16} />
      {t(`chat:unreadable.${content.reason}`)}
    </p>
  );
}

function Reactions({ model, item }: { readonly model: ConversationModel; readonly item: TimelineItem }) {
  const { t } = useWords();
  const { eventId, reactions } = item;
  if (eventId === null || reactions.length === 0) return null;
  return (
    <div className="reactions">
      {reactions.map(({ key, count, mine }) => (
        <button
          type="button"
          key={key}
          className={cx('reaction figures', mine && 'reaction-mine')}
          aria-pressed={mine}
          aria-label={t('chat:reaction', { emoji: key, count })}
          onClick={() => model.react(eventId, key)}
        >
          <span aria-hidden>{key}</span> {count}
        </button>
      ))}
    </div>
  );
}

function SendingState({ model, item }: { readonly model: ConversationModel; readonly item: TimelineItem }) {
  const { t } = useWords();
  switch (item.sending.state) {
    case 'sent':
      return null;
    case 'sending':
      return (
        <p className="message-sending least">
          <StateIcon tone="wait" size={14} /> {t('chat:sending.sending')}
        </p>
      );
    case 'failed':
      return <NotSent model={model} item={item} reason={item.sending.reason} />;
  }
}

interface NotSentProps {
  readonly model: ConversationModel;
  readonly item: TimelineItem;
  readonly reason: Extract<TimelineItem['sending'], { state: 'failed' }>['reason'];
}

/** Without a line a message waits and leaves by itself; one that was refused is sent again or taken back. */
function NotSent({ model, item, reason }: NotSentProps) {
  const { t } = useWords();
  const waits = reason === 'offline';
  return (
    <p className={waits ? 'message-sending message-waits' : 'message-failed'}>
      <StateIcon tone={waits ? 'wait' : 'bad'} size={16} />
      <span>{t(`chat:sending.${reason}`)}</span>
      {!waits && (
        <Button tone="quiet" onPress={() => model.resend(item.key)}>
          {t('chat:sending.resend')}
        </Button>
      )}
      <Button tone="quiet" onPress={() => model.discard(item.key)}>
        {t('chat:sending.discard')}
      </Button>
    </p>
  );
}

interface ConfirmProps {
  readonly model: ConversationModel;
  readonly item: TimelineItem;
  readonly onClose: () => void;
}

function ConfirmDelete({ model, item, onClose }: ConfirmProps) {
  const { t } = useWords();
  const remove = () => {
    if (item.eventId !== null) model.remove(item.eventId);
    onClose();
  };
  return (
    <Dialog alert title={t('chat:delete.title')} onClose={onClose} width={440}>
      <p>{t('chat:delete.text')}</p>
      <DialogActions>
        <Button onPress={onClose}>{t('common:cancel')}</Button>
        <Button tone="bad" onPress={remove}>
          {t('chat:delete.action')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
