import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContractError } from '../../preload/contract/channel.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords, type Words } from '../i18n/index.ts';
import type { TimelineContent } from '../matrix/protocol.ts';
import type { Sending } from '../salons/stores/transfers-store.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { fileName } from '../ui/file-name.ts';
import { FileTile } from '../ui/file-tile.tsx';
import { ArrowSquareOutIcon, XIcon } from '../ui/icons.ts';
import { Progress } from '../ui/progress.tsx';
import './card.css';

interface CardProps {
  readonly name: string;
  readonly line: string;
  readonly bad?: boolean;
  /** From 0 to 1: a bar under the line. */
  readonly part?: number | null;
  readonly actions: ReactNode;
}

/** A file as a card of the conversation. */
export function FileCard({ name, line, bad, part, actions }: CardProps) {
  return (
    <div className="card">
      <FileTile name={name} size={44} />
      <div className="card-words">
        <p className="card-name cut" title={name}>
          {name}
        </p>
        <p className={bad ? 'card-line card-line-bad figures' : 'card-line figures'}>{line}</p>
        {part !== undefined && <Progress part={part} label={line} />}
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
  const { folders } = useWorkspace();
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<ContractError | null>(null);
  const open = async () => {
    setOpening(true);
    const outcome = await folders.open(salonId, content.path);
    setOpening(false);
    setError(outcome.ok ? null : outcome.error);
  };
  const line = error
    ? errorWords({ from: 'main', error }, words).title
    : t('chat:file.inFolder', { size: format.size(content.size) });
  return (
    <FileCard
      name={fileName(content.path)}
      line={opening ? t('chat:file.opening') : line}
      bad={error !== null}
      {...(opening ? { part: null } : {})}
      actions={
        <Button icon={ArrowSquareOutIcon} isDisabled={opening} onPress={() => void open()}>
          {error ? t('common:retry') : t('common:open')}
        </Button>
      }
    />
  );
}

/** A file on its way into the folder. */
export function SendingCard({ sending }: { readonly sending: Sending }) {
  const words = useWords();
  const { transfers } = useWorkspace();
  const { transfer } = sending;
  const part = partOf(transfer);
  return (
    <FileCard
      name={fileName(transfer.path)}
      line={sendingLine(sending, words)}
      bad={isStuck(sending)}
      {...(part === null ? {} : { part })}
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
