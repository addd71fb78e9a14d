import type { ReactNode } from 'react';
import { TabList, TabPanel, Tabs } from 'react-aria-components';
import type { FilesOverview } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { ChoosePlace } from '../salons/choose-place.tsx';
import { FolderNotices } from '../salons/folder-notices.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import {
  ClockIcon,
  CloudSlashIcon,
  FolderIcon,
  FolderOpenIcon,
  FolderPlusIcon,
  LockIcon,
  PauseIcon,
  PlayIcon,
} from '../ui/icons.ts';
import { MenuButton, MenuItem } from '../ui/menu.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { Tab } from '../ui/tab.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { Decisions } from './decisions.tsx';
import { LowRoomNotice } from './low-room-notice.tsx';
import { ProblemList } from './problem-list.tsx';
import { StoppedFolders } from './stopped-folders.tsx';
import { Summary } from './summary.tsx';
import { FolderTrees } from './tree/folder-tree.tsx';
import './files.css';

/** All synced folders: what goes on, what needs a decision, how each salon's folder is. */
export function FilesPage() {
  const { account, folders } = useWorkspace();
  const access = useSelected(account, ({ files }) => files.status);
  const title = useBrand().module('files');
  const overview = useStore(folders.overview);
  return (
    <Page
      title={title}
      subtitle={<Where place={overview?.place ?? null} />}
      acts={
        access !== 'none' &&
        overview?.place && <Acts overview={overview} isSignedIn={access === 'signed-in'} />
      }
      className="files-body"
    >
      <Body />
    </Page>
  );
}

function Where({ place }: { readonly place: string | null }) {
  const { t } = useWords();
  if (!place) return null;
  return (
    <p className="secondary cut" title={place}>
      {t('files:onThisPc', { place: place.split(/[\\/]/).filter(Boolean).slice(-3).join(' › ') })}
    </p>
  );
}

/** Minutes. */
const HOUR = 60;

interface ActsProps {
  readonly overview: FilesOverview;
  readonly isSignedIn: boolean;
}

function Acts({ overview: { paused, mayAdd }, isSignedIn }: ActsProps) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  return (
    <>
      {isSignedIn && !mayAdd && (
        <p className="add-locked">
          <LockIcon size={16} weight="fill" aria-hidden />
          {t('files:add.locked')}
        </p>
      )}
      {isSignedIn && mayAdd && (
        <Button icon={FolderPlusIcon} onPress={() => navigation.ask({ kind: 'add-folder' })}>
          {t('files:add.button')}
        </Button>
      )}
      {paused ? (
        <Button icon={PlayIcon} onPress={() => void attempt(folders.resume())}>
          {t('files:resume')}
        </Button>
      ) : (
        <MenuButton
          aria-label={t('files:pause')}
          button={<Button icon={PauseIcon}>{t('files:pause')}</Button>}
        >
          <MenuItem id="hour" icon={ClockIcon} onAction={() => void attempt(folders.pause(HOUR))}>
            {t('files:pauseFor.hour')}
          </MenuItem>
          <MenuItem id="open" icon={PauseIcon} onAction={() => void attempt(folders.pause(null))}>
            {t('files:pauseFor.open')}
          </MenuItem>
        </MenuButton>
      )}
      <Button icon={FolderOpenIcon} onPress={() => void attempt(folders.openPlace())}>
        {t('files:openPlace')}
      </Button>
    </>
  );
}

function Body(): ReactNode {
  const { account, folders, bridge } = useWorkspace();
  const access = useSelected(account, (state) => state.files.status);
  const overview = useStore(folders.overview);
  const error = useStore(folders.error);
  if (access === 'none') return <NotConnected />;
  if (error && !overview) {
    return (
      <ErrorNotice
        problem={{ from: 'main', error }}
        onRetry={() => void folders.load()}
        onCopy={(details) => void bridge.app.copyText({ text: details })}
      />
    );
  }
  if (!overview) return <SkeletonRows rows={6} avatar={36} />;
  if (overview.place === null) return <ChoosePlace suggested={overview.suggestedPlace} />;
  return (
    <>
      {access === 'expired' && <Expired />}
      <Paused overview={overview} />
      <LowRoomNotice room={overview.room} />
      <StoppedFolders folders={overview.folders} />
      <Decisions folders={overview.folders} />
      <ProblemList folders={overview.folders} />
      {overview.folders.map((folder) => (
        <FolderNotices key={folder.salonId} folder={folder} named />
      ))}
      {overview.folders.length === 0 ? <NoFolder /> : <Folders overview={overview} />}
    </>
  );
}

/** The figures, then the folders as a tree, or what goes on with their files. */
function Folders({ overview }: { readonly overview: FilesOverview }) {
  const { t } = useWords();
  return (
    <>
      <Summary folders={overview.folders} spaceLimit={overview.spaceLimit} />
      <Tabs className="files-tabs">
        <TabList aria-label={t('files:tabs.label')} className="files-tab-list">
          <Tab id="folders">{t('files:tabs.folders')}</Tab>
          <Tab id="activity">{t('files:tabs.activity')}</Tab>
        </TabList>
        <TabPanel id="folders" className="files-tab-panel">
          <FolderTrees folders={overview.folders} />
        </TabPanel>
        <TabPanel id="activity" className="files-tab-panel">
          <ActivityPanel />
        </TabPanel>
      </Tabs>
    </>
  );
}

/** Why nothing moves: the person wanted it so, or a rule did. */
function Paused({ overview }: { readonly overview: FilesOverview }) {
  const { t, format } = useWords();
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  const reason = overview.paused ? 'person' : pauseReason(overview);
  if (reason === null) return null;
  return (
    <Notice
      tone="wait"
      title={t(`files:paused.${reason}.title`)}
      actions={
        reason !== 'person' && (
          <Button onPress={() => void attempt(folders.overrulePause())}>{t('files:syncAnyway')}</Button>
        )
      }
    >
      <p>
        {overview.pausedUntil !== null && reason === 'person'
          ? t('files:pauseFor.until', { time: format.time(overview.pausedUntil) })
          : t(`files:paused.${reason}.meaning`)}
      </p>
    </Notice>
  );
}

function pauseReason({ folders }: FilesOverview): 'person' | 'battery' | 'metered' | null {
  for (const { activity } of folders) if (activity.state === 'paused') return activity.reason;
  return null;
}

function NotConnected() {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <Empty
      icon={CloudSlashIcon}
      title={t('salons:folder.signedOut.title')}
      actions={
        <Button tone="primary" onPress={() => session.askToSignIn('files')}>
          {t('salons:folder.connect')}
        </Button>
      }
    >
      <p>{t('files:notConnected')}</p>
    </Empty>
  );
}

function Expired() {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <Notice
      tone="warn"
      title={t('salons:folder.expired.title')}
      actions={<Button onPress={() => session.askToSignIn('files')}>{t('salons:folder.connect')}</Button>}
    >
      <p>{t('salons:folder.expired.text')}</p>
    </Notice>
  );
}

function NoFolder() {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <Empty
      icon={FolderIcon}
      title={t('files:none.title')}
      actions={
        <Button tone="primary" onPress={() => navigation.ask({ kind: 'new-salon', people: [] })}>
          {t('salons:new')}
        </Button>
      }
    >
      <p>{t('files:none.text')}</p>
    </Empty>
  );
}
