import { useEffect, useState } from 'react';
import type { AnyError } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import type { SalonSummary } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { FolderOpenIcon } from '../ui/icons.ts';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { ConversationModel } from './conversation-model.ts';
import { named } from './event-line.ts';
import { Invitation } from './invitation.tsx';
import { Timeline } from './timeline.tsx';
import { useAnnouncedMessages } from './use-announced-messages.ts';
import { type FileDrop, useFileDrop } from './use-file-drop.ts';
import './conversation.css';

/** A salon's conversation: who it is, what was said, and where one writes. Files are dropped anywhere on it. */
export function Conversation({ salon }: { readonly salon: SalonSummary }) {
  const workspace = useWorkspace();
  const drop = useFileDrop(salon.id);
  if (salon.membership === 'invited') {
    return (
      <section className="conversation" data-pane aria-label={salon.name}>
        <Invitation salon={salon} />
      </section>
    );
  }
  const { chat, attention, drafts, toasts } = workspace;
  const tell = (problem: AnyError) => showError(toasts, problem);
  const hold = (text: string) => drafts.hold(salon.id, text);
  const makeModel = () => new ConversationModel({ salonId: salon.id, chat, attention, hold, tell });
  return (
    <section className="conversation" data-pane aria-label={salon.name} {...drop.zone}>
      <ConversationHeader salon={salon} />
      <Open key={salon.id} salon={salon} makeModel={makeModel} drop={drop} />
      {drop.over && <DropHere salon={salon} drop={drop} />}
    </section>
  );
}

interface OpenProps {
  readonly salon: SalonSummary;
  readonly makeModel: () => ConversationModel;
  readonly drop: FileDrop;
}

function Open({ salon, makeModel, drop }: OpenProps) {
  const { t } = useWords();
  const { chat } = useWorkspace();
  const [model] = useState(makeModel);
  useEffect(() => model.connect(), [model]);
  const timeline = useStore(chat.timeline);
  const mayWrite = useSelected(chat.details, (details) => details?.may.write ?? true);
  useAnnouncedMessages(salon.id);
  const here = timeline?.salonId === salon.id ? timeline : null;
  return (
    <>
      {here ? (
        <Timeline model={model} snapshot={here} />
      ) : (
        <div className="timeline-place timeline-waiting">
          <SkeletonRows rows={6} />
        </div>
      )}
      <Typing names={here?.typing ?? []} />
      {mayWrite ? (
        <Composer model={model} salonName={salon.name} drop={drop} />
      ) : (
        <p className="composer-none secondary">{t('chat:compose.readOnly')}</p>
      )}
    </>
  );
}

function Typing({ names }: { readonly names: readonly string[] }) {
  const words = useWords();
  return (
    <p className="typing">
      {names.length > 0 && words.t('chat:typing', { count: names.length, names: named(names, words) })}
    </p>
  );
}

function DropHere({ salon, drop }: { readonly salon: SalonSummary; readonly drop: FileDrop }) {
  const { t } = useWords();
  return (
    <div className="drop-here">
      <div className="drop-here-words">
        <FolderOpenIcon size={36} aria-hidden />
        <p className="drop-here-title">
          {drop.obstacle ? t(`chat:drop.${drop.obstacle}`) : t('chat:drop.here', { name: salon.name })}
        </p>
        {!drop.obstacle && <p className="secondary">{t('chat:drop.text')}</p>}
      </div>
    </div>
  );
}
