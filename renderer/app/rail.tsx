import { Button } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { PersonAvatar } from '../salons/salon-avatar.tsx';
import type { Module } from '../salons/stores/navigation.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useBrand } from '../salons/use-brand.ts';
import { cx } from '../ui/cx.ts';
import { ChatsIcon, FolderIcon, GearIcon, type Icon, UsersIcon, VideoCameraIcon } from '../ui/icons.ts';
import { useSelected, useStore } from '../ui/store.ts';
import { AccountMenu } from './account-menu.tsx';
import { RailDownloads } from './rail-downloads.tsx';
import { railName } from './rail-name.ts';
import { RailServices } from './rail-services.tsx';
import './rail.css';

/** What waits in a module: a number, or a mark where no number helps. */
interface News {
  readonly count: number | null;
  readonly label: string;
}

/** The modules, at the very left. Only those that exist. */
export function Rail() {
  const { t } = useWords();
  const { productName, logo, module } = useBrand();
  return (
    <nav className="rail" aria-label={t('app:modules')} data-pane>
      <img className="rail-mark" src={logo} alt={productName} draggable={false} />
      <RailButton module="salons" icon={ChatsIcon} name={module('salons')} news={useSalonNews()} />
      <RailButton module="files" icon={FolderIcon} name={module('files')} news={useFileNews()} />
      <RailButton module="calls" icon={VideoCameraIcon} name={module('calls')} news={useCallNews()} />
      <RailServices />
      <span className="rail-space" />
      <RailDownloads />
      <RailButton module="settings" icon={GearIcon} name={t('app:settings')} news={null} />
      <Me />
    </nav>
  );
}

interface RailButtonProps {
  readonly module: Exclude<Module, 'service'>;
  readonly icon: Icon;
  readonly name: string;
  readonly news: News | null;
}

function RailButton({ module, icon: Icon, name, news }: RailButtonProps) {
  const { format } = useWords();
  const { navigation } = useWorkspace();
  const chosen = useSelected(navigation.place, (place) => railPlace(place.module) === module);
  return (
    <Button
      className={cx('rail-button', chosen && 'rail-button-on')}
      {...(chosen ? { 'aria-current': 'page' } : {})}
      onPress={() => navigation.goTo(module)}
    >
      <Icon size={23} weight={chosen ? 'fill' : 'regular'} aria-hidden />
      <span className="rail-name">{railName(name, format.language)}</span>
      {news && (
        <span className={cx('rail-news', 'figures', news.count === null && 'rail-news-mark')}>
          <span aria-hidden>{news.count !== null && news.count > 99 ? '99+' : news.count}</span>
          <span className="visually-hidden">{news.label}</span>
        </span>
      )}
    </Button>
  );
}

/** The place of the rail that a module belongs to. */
function railPlace(module: Module): Module {
  return module === 'diagnostics' ? 'settings' : module;
}

function Me() {
  const { t } = useWords();
  const { accounts, chat, navigation } = useWorkspace();
  const self = useStore(chat.self);
  const isOneOfSeveral = useSelected(accounts.list, ({ accounts: all }) => all.length > 1);
  if (!self && !isOneOfSeveral) return null;
  const button = (
    <Button
      className="rail-me"
      aria-label={self ? `${t('app:account')}, ${self.name}` : t('app:account')}
      {...(isOneOfSeveral ? {} : { onPress: () => navigation.goTo('settings') })}
    >
      {self ? <PersonAvatar person={self} size={32} /> : <UsersIcon size={32} aria-hidden />}
    </Button>
  );
  return isOneOfSeveral ? <AccountMenu button={button} /> : button;
}

function useSalonNews(): News | null {
  const { t } = useWords();
  const { chat } = useWorkspace();
  const count = useSelected(
    chat.list,
    (list) => list?.salons.filter((salon) => salon.unread > 0 || salon.membership === 'invited').length ?? 0,
  );
  return count > 0 ? { count, label: t('app:salonsWaiting', { count }) } : null;
}

function useFileNews(): News | null {
  const { t } = useWords();
  const { account, folders } = useWorkspace();
  const ended = useSelected(account, ({ files }) => files.status === 'expired');
  const waiting = useSelected(
    folders.overview,
    (overview) =>
      overview?.folders.some(
        (folder) => folder.conflicts.length > 0 || folder.activity.state === 'guarded',
      ) ?? false,
  );
  if (ended) return { count: null, label: t('salons:folder.expired.title') };
  return waiting ? { count: null, label: t('app:needsDecision') } : null;
}

function useCallNews(): News | null {
  const { t } = useWords();
  const { calls } = useWorkspace();
  const count = useSelected(calls.log.calls, (all) => all.filter((call) => call.fresh).length);
  return count > 0 ? { count, label: t('app:missed', { count }) } : null;
}
