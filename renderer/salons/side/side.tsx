import { useEffect, useRef } from 'react';
import { TabList, TabPanel, Tabs } from 'react-aria-components';
import { useWords } from '../../i18n/index.ts';
import type { SalonSummary } from '../../matrix/protocol.ts';
import { IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { KanbanIcon, XIcon } from '../../ui/icons.ts';
import { useStore } from '../../ui/store.ts';
import { Tab } from '../../ui/tab.tsx';
import type { SideTab } from '../stores/navigation.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { FolderPanel } from './folder-panel.tsx';
import { MembersPanel } from './members-panel.tsx';
import './side.css';

const TABS = ['folder', 'board', 'members'] as const satisfies readonly SideTab[];

/** What belongs to the open salon beside its conversation: folder, board, members. */
export function Side({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const { sideTab } = useStore(navigation.place);
  const own = useSideFocus();
  return (
    <aside ref={own} className="side" data-pane aria-label={t('salons:side.label')}>
      <Tabs
        className="side-tabs"
        selectedKey={sideTab}
        onSelectionChange={(key) => navigation.showSide(TABS.find((tab) => tab === key) ?? 'folder')}
      >
        <div className="side-head">
          <TabList aria-label={t('salons:side.label')} className="side-tab-list">
            {TABS.map((tab) => (
              <Tab key={tab} id={tab}>
                {t(`salons:side.${tab}`)}
              </Tab>
            ))}
          </TabList>
          <IconButton
            icon={XIcon}
            label={t('salons:side.close')}
            className="side-close"
            onPress={navigation.closeSide}
          />
        </div>
        <TabPanel id="folder" className="side-panel">
          <FolderPanel key={salon.id} salon={salon} />
        </TabPanel>
        <TabPanel id="board" className="side-panel">
          <Empty icon={KanbanIcon} title={t('salons:board.title')}>
            <p>{t('salons:board.text')}</p>
          </Empty>
        </TabPanel>
        <TabPanel id="members" className="side-panel">
          <MembersPanel salon={salon} />
        </TabPanel>
      </Tabs>
    </aside>
  );
}

/**
 * Over the conversation the side takes the focus as it opens; closed with the focus in it, the button that opens it has
 * the focus.
 */
function useSideFocus() {
  const { navigation } = useWorkspace();
  const own = useRef<HTMLElement>(null);
  useEffect(() => {
    // The tabs are drawn a moment after what holds them.
    if (navigation.layout.get() !== 'wide')
      requestAnimationFrame(() =>
        own.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
      );
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body)
          document.querySelector<HTMLElement>('.conversation-side-button')?.focus();
      });
    };
  }, [navigation]);
  return own;
}
