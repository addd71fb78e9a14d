import type { SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { saidOf } from '../i18n/said-of.ts';
import { FailedDetails } from '../salons/failed-details.tsx';
import { folderMeaning, folderState } from '../salons/folder-state.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { stoppedAlike } from './stopped-alike.ts';

/** Folders that a notice names. */
const NAMED = 3;

/** The folders that stand still until a person does something: a box for each reason, as one server has many folders. */
export function StoppedFolders({ folders }: { readonly folders: readonly SalonFolder[] }) {
  return stoppedAlike(folders).map((alike) => <Stopped key={alike[0].salonId} folders={alike} />);
}

function Stopped({ folders: alike }: { readonly folders: readonly [SalonFolder, ...SalonFolder[]] }) {
  const words = useWords();
  const { t, format } = words;
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  const [{ activity }] = alike;
  const { tone, title } = folderState(alike[0], words);
  const more = alike.length - NAMED;
  const names = alike.slice(0, NAMED).map(({ name }) => name);
  const all = format.list(more > 0 ? [...names, t('files:moreFolders', { count: more })] : names);
  const retry = async () => {
    for (const { salonId } of alike) if (!(await attempt(folders.retry(salonId, null)))) return;
  };
  return (
    <Notice
      tone={tone}
      className="decision"
      title={saidOf(all, title, words)}
      actions={<Act folders={alike} onRetry={() => void retry()} />}
    >
      <p>{folderMeaning(alike[0], words)}</p>
      <FailedDetails activity={activity} />
    </Notice>
  );
}

interface ActProps {
  readonly folders: readonly [SalonFolder, ...SalonFolder[]];
  readonly onRetry: () => void;
}

/** The one act that helps; a folder that is gone from the server can only be let go. */
function Act({ folders: [first, ...others], onRetry }: ActProps) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const { salonId, kind, activity } = first;
  if (activity.state !== 'gone') return <Button onPress={onRetry}>{t('common:retry')}</Button>;
  if (kind === 'salon' || others.length > 0) return null;
  return (
    <Button onPress={() => navigation.ask({ kind: 'stop-folder', salonId })}>{t('files:stop.item')}</Button>
  );
}
