import type { Problem, ProblemCode, SalonFolder } from '../../preload/contract/files.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ProblemDetails } from '../ui/error-notice.tsx';
import { fileName } from '../ui/file-name.ts';
import { StateIcon } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { otherAuthor } from './other-author.ts';
import { actOf } from './problem-act.ts';
import { useWorkspace } from './stores/workspace-context.tsx';
import { useAskForRights } from './use-ask-for-rights.ts';
import { useAttempt } from './use-attempt.ts';
import './problem.css';

/** Those of which a person is asked to show the details to whoever helps them. */
const WITH_DETAILS: ReadonlySet<ProblemCode> = new Set(['disk-error', 'unknown']);

interface Props {
  readonly folder: SalonFolder;
  readonly problem: Problem;
  /** Where files of several salons are shown together. */
  readonly named?: boolean;
}

/** A file that could not be brought up to date: what happened, what is kept, what to do, and the one act that helps. */
export function ProblemRow({ folder, problem, named = false }: Props) {
  const words = useWords();
  const { clock, bridge } = useWorkspace();
  const now = useStore(clock.minute);
  const { title, kept, action, details } = errorWords(
    { from: 'file', code: problem.code, detail: problem.detail },
    words,
  );
  const wait = problem.retryAt === null ? null : Math.max(1, (problem.retryAt - now) / 1000);
  const name = fileName(problem.path);
  return (
    <li className="problem">
      <StateIcon tone="warn" />
      <div className="problem-words">
        <p className="problem-name" title={problem.path}>
          {named ? words.t('files:problemIn', { name, salon: folder.name }) : name}
        </p>
        <p className="secondary">
          {title}. {kept} {action}
          {wait !== null && ` ${words.t('files:againIn', { wait: words.format.duration(wait) })}`}
          {problem.code === 'name-clash' && <Other salonId={folder.salonId} path={problem.path} />}
        </p>
        {WITH_DETAILS.has(problem.code) && (
          <ProblemDetails details={details} onCopy={(text) => void bridge.app.copyText({ text })} />
        )}
      </div>
      <Act folder={folder} problem={problem} />
    </li>
  );
}

/** Whom to ask about the other file of that name. */
function Other({ salonId, path }: { readonly salonId: string; readonly path: string }) {
  const { t, format } = useWords();
  const { clock, folders } = useWorkspace();
  const now = useStore(clock.minute);
  const known = otherAuthor(useStore(folders.authors.of(salonId, folderOf(path))), path);
  if (known === null) return null;
  const when = format.relative(known.at, now);
  const { author } = known;
  return (
    <>
      {' '}
      {author.kind === 'you'
        ? t('files:clash.byYou', { when })
        : t('files:clash.by', { when, name: author.name })}
    </>
  );
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function Act({ folder, problem: { path, code } }: Pick<Props, 'folder' | 'problem'>) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const askForRights = useAskForRights();
  const { salonId, kind } = folder;
  const act = actOf(code);
  // A folder that is no salon's has no managers to ask here.
  switch (act === 'ask-rights' && kind === 'chosen' ? 'show' : act) {
    case 'retry':
      return <Button onPress={() => void attempt(folders.retry(salonId, path))}>{t('common:retry')}</Button>;
    case 'rename':
      return (
        <Button onPress={() => navigation.ask({ kind: 'rename', salonId, path, code })}>
          {t('files:act.rename')}
        </Button>
      );
    case 'ask-rights':
      return <Button onPress={() => void askForRights(salonId, path)}>{t('files:act.askRights')}</Button>;
    case 'free-here':
      return <Button onPress={() => navigation.ask({ kind: 'free-space' })}>{t('files:act.free')}</Button>;
    case 'free-there':
      return <Button onPress={() => void attempt(folders.reveal(salonId, ''))}>{t('files:act.free')}</Button>;
    case 'show':
      return (
        <Button onPress={() => void attempt(folders.reveal(salonId, folderOf(path)))}>
          {t('files:act.show')}
        </Button>
      );
  }
}
