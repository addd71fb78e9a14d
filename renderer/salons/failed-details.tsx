import type { FolderActivity } from '../../preload/contract/files.ts';
import { ProblemDetails } from '../ui/error-notice.tsx';
import { useWorkspace } from './stores/workspace-context.tsx';

/** What helps whoever helps the person, where a folder was stopped. */
export function FailedDetails({ activity }: { readonly activity: FolderActivity }) {
  const { bridge } = useWorkspace();
  if (activity.state !== 'failed') return null;
  return (
    <ProblemDetails
      details={`folder.${activity.why} ${activity.detail}`.trim()}
      onCopy={(text) => void bridge.app.copyText({ text })}
    />
  );
}
