import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContractError } from '../../preload/contract/channel.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords, type Words } from '../i18n/index.ts';
import type { TimelineContent } from '../matrix/protocol.ts';
import type { Fetched } from '../salons/stores/media-store.ts';
import type { Sending } from '../salons/stores/transfers-store.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { fileName } from '../ui/file-name.ts';
import { FileTile } from '../ui/file-tile.tsx';
import { ArrowSquareOutIcon, XIcon } from '../ui/icons.ts';
import { Progress } from '../ui/progress.tsx';
import { useSelected } from '../ui/store.ts';
import { fetchLine, partFetched } from './fetch-line.ts';
import './card.css';

interface CardProps {
  readonly name: string;
  readonly line: string;
  readonly bad?: boolean;
  /** A bar under the line: from 0 to 1, null while nobody knows. Its name stays the same while the figures change. */
  readonly progress?: { readonly part: number | null; readonly label: string } | undefined;
  readonly actions: ReactNode;
}

/** A file as a card of the conversation. */
export function FileCard({ name, line, bad, progress, actions }: CardProps) {
  return (
    <div className="card">
      <FileTile name={name} size={44} />
      <div className="card-words">
        <p className="card-name cut" title={name}>
          {name}
        </p>
        <p className={bad ? 'card-line card-line-bad figures' : 'card-line figures'}>{line}</p>
        {progress && <Progress {...progress} />}
      </div>
      <div className="card-actions">{actions}</div>
    </div>
  );
}

type FolderFile = Extract<TimelineContent, { kind: 'folder-file' }>;

/** A file that lies in the salon's folder: opens it, fetching it first where it is not on this PC. */
export function FolderFileCard({
  salonId,
  content,
}: {
  readonly salonId: string;
  readonly content: FolderFile;
}) {
  const words = useWords();
  const { t, format } = words;
  const { folders, announcer } = useWorkspace();
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<ContractError | null>(null);
  const coming = useComing(opening, salonId, content.path);
  const name = fileName(content.path);
  const open = async () => {
    setOpening(true);
    setError(null);
    const outcome = await folders.open(salonId, content.path);
    setOpening(false);
    if (outcome.ok || outcome.error.code === 'cancelled') return;
    setError(outcome.error);
    announcer.say(errorWords({ from: 'main', error: outcome.error }, words).title);
  };
  const line = error
    ? errorWords({ from: 'main', error }, words).title
    : t('chat:file.inFolder', { size: format.size(content.size) });
  return (
    <FileCard
      name={name}
      line={opening ? (coming ? fetchLine(coming, words) : t('chat:file.opening')) : line}
      bad={error !== null}
      progress={opening ? { part: partFetched(coming), label: t('chat:fetch.label', { name }) } : undefined}
      actions={
        opening ? (
          <Button icon={XIcon} onPress={() => void folders.stopOpening(salonId, content.path)}>
            {t('chat:fetch.stop')}
          </Button>
        ) : (
          <Button icon={ArrowSquareOutIcon} onPress={() => void open()}>
            {error ? t('common:retry') : t('common:open')}
          </Button>
        )
      }
    />
  );
}

/** How far a file of a folder is that is on its way to this PC; null while nobody can tell. */
function useComing(isAwaited: boolean, salonId: string, path: string): Fetched | null {
  const { activity } = useWorkspace();
  const file = useSelected(activity.running, (running) =>
    isAwaited
      ? running.find((each) => each.salonId === salonId && each.path === path && each.direction === 'down')
      : undefined,
  );
  return file ? { received: file.bytesDone, total: file.bytesTotal } : null;
}

/** A file on its way into the folder. */
export function SendingCard({ sending }: { readonly sending: Sending }) {
  const words = useWords();
  const { transfers } = useWorkspace();
  const { transfer } = sending;
  const part = partOf(transfer);
  const name = fileName(transfer.path);
  return (
    <FileCard
      name={name}
      line={sendingLine(sending, words)}
      bad={isStuck(sending)}
      progress={part === null ? undefined : { part, label: words.t('chat:sendingLabel', { name }) }}
      actions={<SendingActions sending={sending} onStop={() => void transfers.stop(transfer.transferId)} />}
    />
  );
}

function SendingActions({ sending, onStop }: { readonly sending: Sending; readonly onStop: () => void }) {
  const { t } = useWords();
  const { transfers } = useWorkspace();
  const { transferId, step } = sending.transfer;
  if (step.step === 'failed') return <FailedActions transferId={transferId} />;
  if (sending.message === 'refused')
    return <Button onPress={() => transfers.sendAgain(transferId)}>{t('common:retry')}</Button>;
  if (step.step === 'done') return null;
  return <IconButton icon={XIcon} label={t('chat:file.stop')} onPress={onStop} />;
}

function FailedActions({ transferId }: { readonly transferId: string }) {
  const { t } = useWords();
  const { transfers, toasts } = useWorkspace();
  const addAgain = async () => {
    const error = await transfers.addAgain(transferId);
    if (error) showError(toasts, { from: 'main', error });
  };
  return (
    <>
      {transfers.canAddAgain(transferId) && (
        <Button onPress={() => void addAgain()}>{t('common:retry')}</Button>
      )}
      <IconButton icon={XIcon} label={t('common:remove')} onPress={() => transfers.letGo(transferId)} />
    </>
  );
}

function isStuck({ transfer, message }: Sending): boolean {
  return transfer.step.step === 'failed' || message === 'refused';
}

function partOf({ step, size }: Sending['transfer']): number | null {
  if (step.step !== 'copying' && step.step !== 'uploading') return null;
  return size === 0 ? 1 : Math.min(1, step.bytesDone / size);
}

/** What happens to the file now, in words. */
function sendingLine({ transfer, message }: Sending, { t, format }: Words): string {
  const { step } = transfer;
  const part = format.percent(partOf(transfer) ?? 0);
  switch (step.step) {
    case 'copying':
      return t('chat:file.copying', { part });
    case 'kept':
      return t('chat:file.kept');
    case 'uploading':
      return step.secondsLeft === null
        ? t('chat:file.uploading', { part })
        : t('chat:file.uploadingLeft', { part, left: format.duration(step.secondsLeft) });
    case 'done':
      return message === 'refused' ? t('chat:file.messageRefused') : t('chat:file.messageLater');
    case 'stopped':
      return t('chat:file.stopped');
    case 'failed':
      return `${t(`errors:problem.${step.problem}.title`)}. ${t(`errors:problem.${step.problem}.action`)}`;
  }
}
