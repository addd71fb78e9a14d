import { useWords, type Words } from '../i18n/index.ts';
import { PersonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { fileName } from '../ui/file-name.ts';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useStore } from '../ui/store.ts';
import type { ConversationModel } from './conversation-model.ts';
import { eventLines } from './event-line.ts';
import { SendingCard } from './file-cards.tsx';
import { Heading, Message } from './message.tsx';
import type { TimelineRow } from './timeline-rows.ts';

interface RowProps {
  readonly row: TimelineRow;
  readonly model: ConversationModel;
  /** The keyboard is on it or in it. */
  readonly focused: boolean;
}

/** One row of the conversation. */
export function Row({ row, model, focused }: RowProps) {
  switch (row.kind) {
    case 'edge':
      return <Edge older={row.older} model={model} />;
    case 'day':
      return <Day at={row.at} />;
    case 'new':
      return <NewLine />;
    case 'events':
      return <Events row={row} />;
    case 'message':
      return <Message model={model} item={row.item} continued={row.continued} focused={focused} />;
    case 'sending':
      return <OnItsWay row={row} />;
  }
}

/** What a screen reader says of a row before its content. */
export function rowLabel(row: TimelineRow, { t, format }: Words): string {
  switch (row.kind) {
    case 'message': {
      const who = row.item.mine ? t('common:you') : row.item.sender.name;
      return t('chat:messageLabel', { who, time: format.time(row.item.at) });
    }
    case 'sending':
      return t('chat:sendingLabel', { name: fileName(row.sending.transfer.path) });
    case 'edge':
    case 'day':
    case 'new':
    case 'events':
      return '';
  }
}

type Edged = Extract<TimelineRow, { kind: 'edge' }>;

function Edge({ older, model }: { readonly older: Edged['older']; readonly model: ConversationModel }) {
  const { t } = useWords();
  switch (older) {
    case 'more':
      return <div className="timeline-edge" />;
    case 'loading':
      return (
        <div className="timeline-edge">
          <SkeletonRows rows={2} />
        </div>
      );
    case 'failed':
      return (
        <div className="timeline-edge timeline-edge-failed" role="status">
          <p>{t('chat:older.failed')}</p>
          <Button onPress={model.loadOlder}>{t('common:retry')}</Button>
        </div>
      );
    case 'start':
      return <p className="timeline-start least">{t('chat:older.start')}</p>;
  }
}

function Day({ at }: { readonly at: number }) {
  const { format } = useWords();
  const { clock } = useWorkspace();
  return (
    <div className="day">
      <span>{format.day(at, useStore(clock.minute))}</span>
    </div>
  );
}

function NewLine() {
  const { t } = useWords();
  return (
    <div className="new-line">
      <span>{t('chat:new')}</span>
    </div>
  );
}

function Events({ row }: { readonly row: Extract<TimelineRow, { kind: 'events' }> }) {
  const words = useWords();
  return (
    <div className="events">
      {eventLines(row.items, words).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function OnItsWay({ row }: { readonly row: Extract<TimelineRow, { kind: 'sending' }> }) {
  const { chat } = useWorkspace();
  const self = useStore(chat.self);
  const { sending, continued } = row;
  return (
    <div className={continued ? 'message message-continued' : 'message'}>
      {!continued && self ? <PersonAvatar person={self} /> : <span />}
      <div className="message-body">
        {!continued && self && <Heading sender={self} mine at={sending.at} />}
        <SendingCard sending={sending} />
      </div>
    </div>
  );
}
