import type { FolderNotice, SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { saidOf } from '../i18n/said-of.ts';
import { Button } from '../ui/button.tsx';
import { fileName } from '../ui/file-name.ts';
import { Notice } from '../ui/notice.tsx';
import { useWorkspace } from './stores/workspace-context.tsx';
import { useAskForRights } from './use-ask-for-rights.ts';
import { useAttempt } from './use-attempt.ts';

/** Files that a notice names. */
const NAMED = 3;

interface Props {
  readonly folder: SalonFolder;
  /** Where folders of several salons are shown together. */
  readonly named?: boolean;
}

/** What happened to files of a folder and asks for nothing: it stays until the person has read it. */
export function FolderNotices({ folder, named = false }: Props) {
  return folder.notices.map((notice) => (
    <OneNotice key={notice.code} folder={folder} notice={notice} named={named} />
  ));
}

interface OneProps {
  readonly folder: SalonFolder;
  readonly notice: FolderNotice;
  readonly named: boolean;
}

function OneNotice({ folder, notice, named }: OneProps) {
  const words = useWords();
  const { t } = words;
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  const { code, count } = notice;
  const title = t(`files:notices.${code}.title`, { count });
  return (
    <Notice
      tone="info"
      className="folder-notice"
      title={named ? saidOf(folder.name, title, words) : title}
      actions={
        <>
          <Act folder={folder} notice={notice} />
          <Button onPress={() => void attempt(folders.dismissNotice(folder.salonId, code))}>
            {t('files:notices.read')}
          </Button>
        </>
      }
    >
      <p>{t(`files:notices.${code}.text`, { count })}</p>
      <Files notice={notice} />
    </Notice>
  );
}

/** Which files, and where the person's version of each is. */
function Files({ notice: { code, files, count } }: { readonly notice: FolderNotice }) {
  const { t } = useWords();
  if (code === 'compared-anew') return null;
  const shown = files.slice(0, NAMED);
  return (
    <ul className="notice-files">
      {shown.map(({ path, keptPath }) => (
        <li key={path} title={path}>
          {keptPath === null || code === 'no-trash'
            ? fileName(path)
            : code === 'recovered'
              ? fileName(keptPath)
              : t('files:notices.keptAs', { name: fileName(path), kept: fileName(keptPath) })}
        </li>
      ))}
      {count > shown.length && <li>{t('files:moreProblems', { count: count - shown.length })}</li>}
    </ul>
  );
}

/** The one act that helps. */
function Act({ folder: { salonId, kind }, notice: { code, files } }: Pick<OneProps, 'folder' | 'notice'>) {
  const { t } = useWords();
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  const askForRights = useAskForRights();
  const [first] = files;
  if (!first) return null;
  const show = (path: string) => () => void attempt(folders.reveal(salonId, path));
  switch (code) {
    case 'restored':
      // A folder that is no salon's has no managers to ask here.
      if (kind === 'chosen') return <Button onPress={show(first.path)}>{t('files:act.show')}</Button>;
      return (
        <Button onPress={() => void askForRights(salonId, first.path)}>{t('files:act.askRights')}</Button>
      );
    case 'recovered':
    case 'no-trash':
    case 'left-out-link':
    case 'left-out-special':
      return <Button onPress={show(first.keptPath ?? first.path)}>{t('files:act.show')}</Button>;
    case 'compared-anew':
    case 'left-out-size':
    case 'left-out-rules':
    case 'left-out-list':
      return null;
  }
}
