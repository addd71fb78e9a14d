import { useState } from 'react';
import { Breadcrumb, Breadcrumbs, Link } from 'react-aria-components';
import { useWords } from '../../i18n/index.ts';
import type { SalonSummary } from '../../matrix/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { CloudIcon, CloudSlashIcon, FolderIcon, FolderOpenIcon, ListChecksIcon } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useSelected, useStore } from '../../ui/store.ts';
import { ChoosePlace } from '../choose-place.tsx';
import { FolderNotices } from '../folder-notices.tsx';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { useAttempt } from '../use-attempt.ts';
import { EntryRow } from './entry-row.tsx';
import { FolderProblems } from './folder-problems.tsx';
import { FolderStateBox } from './folder-state-box.tsx';

/** The salon's folder: how it is, what needs a person, what is in it. */
export function FolderPanel({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { account, folders } = useWorkspace();
  const access = useSelected(account, (state) => state.files.status);
  const overview = useStore(folders.overview);
  if (!salon.folder) {
    return (
      <Empty icon={FolderIcon} title={t('salons:folder.none.title')}>
        <p>{t('salons:folder.none.text')}</p>
      </Empty>
    );
  }
  if (access !== 'signed-in') return <NotConnected expired={access === 'expired'} />;
  if (!overview) return <SkeletonRows rows={6} avatar={32} />;
  if (overview.place === null) return <ChoosePlace suggested={overview.suggestedPlace} />;
  return <Contents salonId={salon.id} />;
}

function NotConnected({ expired }: { readonly expired: boolean }) {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <Empty
      icon={CloudSlashIcon}
      title={t(expired ? 'salons:folder.expired.title' : 'salons:folder.signedOut.title')}
      actions={<Button onPress={() => session.askToSignIn('files')}>{t('salons:folder.connect')}</Button>}
    >
      <p>{t(expired ? 'salons:folder.expired.text' : 'salons:folder.signedOut.text')}</p>
    </Empty>
  );
}

function Contents({ salonId }: { readonly salonId: string }) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const [path, setPath] = useState('');
  const folder = useSelected(folders.overview, () => folders.folder(salonId));
  return (
    <div className="folder">
      {folder && <FolderStateBox folder={folder} />}
      {folder && <FolderProblems folder={folder} />}
      {folder && <FolderNotices folder={folder} />}
      <Trail path={path} onOpen={setPath} />
      {folder?.unwanted.includes('') ? (
        <AllOnline />
      ) : (
        <Entries salonId={salonId} path={path} onOpenFolder={setPath} />
      )}
      <div className="side-foot">
        <Button icon={FolderOpenIcon} onPress={() => void attempt(folders.reveal(salonId, path))}>
          {t('salons:folder.openHere')}
        </Button>
        <Button icon={ListChecksIcon} onPress={() => navigation.ask({ kind: 'choose-folders', salonId })}>
          {t('files:choose.title')}
        </Button>
      </div>
    </div>
  );
}

/** The way from the salon's folder to where one is; none at its root. */
function Trail({ path, onOpen }: { readonly path: string; readonly onOpen: (path: string) => void }) {
  const { t } = useWords();
  if (path === '') return null;
  const parts = path.split('/');
  const steps = [{ path: '', name: t('salons:side.folder') }].concat(
    parts.map((name, index) => ({ path: parts.slice(0, index + 1).join('/'), name })),
  );
  return (
    <Breadcrumbs
      className="trail"
      aria-label={t('salons:folder.trail')}
      onAction={(key) => onOpen(String(key))}
    >
      {steps.map((step) => (
        <Breadcrumb key={step.path} id={step.path}>
          <Link className="trail-step">{step.name}</Link>
        </Breadcrumb>
      ))}
    </Breadcrumbs>
  );
}

/** Nothing of the folder is kept here; the button below chooses otherwise. */
function AllOnline() {
  const { t } = useWords();
  return (
    <Empty icon={CloudIcon} title={t('files:choose.folders')}>
      <p>{t('files:place.away')}</p>
    </Empty>
  );
}

interface EntriesProps {
  readonly salonId: string;
  readonly path: string;
  readonly onOpenFolder: (path: string) => void;
}

function Entries({ salonId, path, onOpenFolder }: EntriesProps) {
  const { t } = useWords();
  const { folders } = useWorkspace();
  const { entries, error } = useStore(folders.entries(salonId, path));
  if (error && !entries) return <ErrorNotice problem={{ from: 'main', error }} className="folder-error" />;
  if (!entries) return <SkeletonRows rows={6} avatar={32} />;
  if (entries.length === 0) {
    return (
      <Empty icon={FolderIcon} title={t('salons:folder.empty.title')}>
        <p>{t('salons:folder.empty.text')}</p>
      </Empty>
    );
  }
  return (
    <ul className="entries">
      {entries.map((entry) => (
        <EntryRow key={entry.path} salonId={salonId} entry={entry} onOpenFolder={onOpenFolder} />
      ))}
    </ul>
  );
}
