import type { ContractError } from '../../preload/contract/channel.ts';
import type { CommandError } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';

interface Props {
  readonly error: ContractError | CommandError;
  readonly onRetry?: () => void;
}

/** What went wrong at the door, with details to paste for who helps. */
export function ProblemNotice({ error, onRetry }: Props) {
  const { bridge } = useWorkspace();
  return (
    <ErrorNotice
      problem={'messageKey' in error ? { from: 'main', error } : { from: 'chat', error }}
      onCopy={(text) => void bridge.app.copyText({ text })}
      {...(onRetry ? { onRetry } : {})}
    />
  );
}
