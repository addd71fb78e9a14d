import { useEffect } from 'react';
import { Conversation } from '../chat/conversation.tsx';
import { useWords } from '../i18n/index.ts';
import { ListPane } from '../salons/list/list-pane.tsx';
import { ResizeHandle, useListWidth } from '../salons/list/resize-handle.tsx';
import { Side } from '../salons/side/side.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useBrand } from '../salons/use-brand.ts';
import { Empty } from '../ui/empty.tsx';
import { ChatsIcon } from '../ui/icons.ts';
import { useSelected, useStore } from '../ui/store.ts';
import { Guarded } from './guarded.tsx';
import { focusWhenLost } from './panes.ts';
import './salons-page.css';

/** List, conversation and side: beside each other where there is room, else in turns. */
export function SalonsPage() {
  const { chat, navigation } = useWorkspace();
  const { salonId, sideOpen, listInFront } = useStore(navigation.place);
  const layout = useStore(navigation.layout);
  const salon = useSelected(chat.list, () => chat.salon(salonId));
  const [width, setWidth] = useListWidth();
  const listShown = layout !== 'narrow' || listInFront || salon === null;
  const conversationShown = layout !== 'narrow' || !listShown;
  const sideShown = sideOpen && salon !== null && salon.membership === 'joined' && conversationShown;
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the one of the two that went took the focus with it
  useEffect(() => focusWhenLost(document), [listShown, conversationShown]);
  return (
    <main className={`salons salons-${layout}`} style={{ '--list-width': `${width}px` }}>
      {listShown && <ListPane />}
      {layout !== 'narrow' && <ResizeHandle width={width} onChange={setWidth} />}
      {conversationShown && !salon && <NoneOpen />}
      {conversationShown && salon && (
        // A conversation that can't be drawn leaves the list, and every other one.
        <Guarded key={salon.id}>
          <Conversation salon={salon} />
        </Guarded>
      )}
      {sideShown && layout !== 'wide' && (
        <button
          type="button"
          className="side-veil"
          tabIndex={-1}
          aria-hidden
          onClick={navigation.closeSide}
        />
      )}
      {sideShown && <Side salon={salon} />}
    </main>
  );
}

/** Nothing is said before the list is there: there may be nothing to choose from. */
function NoneOpen() {
  const { t } = useWords();
  const { account, chat } = useWorkspace();
  const { productName } = useBrand();
  const known = useSelected(chat.list, (list) => list?.salons.length ?? null);
  const connected = useSelected(account, (state) => state.chat.status !== 'none');
  const salons = known ?? (connected ? null : 0);
  return (
    <section className="conversation conversation-none" aria-label={productName}>
      {salons === 0 && <Empty icon={ChatsIcon} title={t('salons:noneOpen.first')} />}
      {salons !== null && salons > 0 && (
        <Empty icon={ChatsIcon} title={t('salons:noneOpen.title')}>
          <p>{t('salons:noneOpen.text')}</p>
        </Empty>
      )}
    </section>
  );
}
