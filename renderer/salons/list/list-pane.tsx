import { useMemo, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useWords } from '../../i18n/index.ts';
import type { Ringing, SalonListSnapshot } from '../../matrix/protocol.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ChatsIcon, FunnelSimpleIcon, MagnifyingGlassIcon, PlusIcon } from '../../ui/icons.ts';
import { MenuButton, MenuItem } from '../../ui/menu.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useSelected, useStore } from '../../ui/store.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { useBrand } from '../use-brand.ts';
import { useKeyNames } from '../use-key-names.ts';
import { useRinging } from '../use-ringing.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { type ListFilter, listRows } from './list-rows.ts';
import { SalonList } from './salon-list.tsx';
import './list.css';

/** The left column of the salons: search, filter, new, and the list. */
export function ListPane() {
  const { chat } = useWorkspace();
  const list = useStore(chat.list);
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<ListFilter>('all');
  return (
    <section className="list-pane" data-pane aria-label={useBrand().module('salons')}>
      <Head filter={filter} onFilter={setFilter} />
      <Search typed={typed} onType={setTyped} />
      <ConnectionNotice />
      <Body list={list} typed={typed} filter={filter} />
    </section>
  );
}

const FILTERS = ['all', 'unread', 'mentions', 'calls'] as const satisfies readonly ListFilter[];

function Head({
  filter,
  onFilter,
}: {
  readonly filter: ListFilter;
  readonly onFilter: (filter: ListFilter) => void;
}) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const newKeys = useKeyNames('Ctrl+N').join(' ');
  return (
    <header className="list-head">
      <h1>{useBrand().module('salons')}</h1>
      <MenuButton
        button={
          <IconButton
            icon={FunnelSimpleIcon}
            label={t('salons:filter.label')}
            tone={filter === 'all' ? 'quiet' : 'on'}
          />
        }
        aria-label={t('salons:filter.label')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter]}
        onSelectionChange={(keys) =>
          onFilter(FILTERS.find((each) => keys !== 'all' && keys.has(each)) ?? 'all')
        }
      >
        {FILTERS.map((each) => (
          <MenuItem key={each} id={each}>
            {t(`salons:filter.${each}`)}
          </MenuItem>
        ))}
      </MenuButton>
      <IconButton
        icon={PlusIcon}
        label={t('salons:new')}
        shortcut={newKeys}
        tone="soft"
        onPress={() => navigation.ask({ kind: 'new-salon', people: [] })}
      />
    </header>
  );
}

function Search({ typed, onType }: { readonly typed: string; readonly onType: (typed: string) => void }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const searchKeys = useKeyNames('Ctrl+K').join(' ');
  return (
    <div className="list-search">
      <MagnifyingGlassIcon size={20} aria-hidden />
      <SearchField
        aria-label={t('salons:search')}
        value={typed}
        onChange={onType}
        className="list-search-field"
      >
        <Input placeholder={t('salons:search')} className="list-search-input" />
      </SearchField>
      <Button
        tone="quiet"
        className="list-search-everywhere"
        aria-label={`${t('salons:searchEverywhere')}, ${searchKeys}`}
        onPress={() => navigation.ask({ kind: 'search' })}
      >
        <kbd>{searchKeys}</kbd>
      </Button>
    </div>
  );
}

interface BodyProps {
  readonly list: SalonListSnapshot | null;
  readonly typed: string;
  readonly filter: ListFilter;
}

function Body({ list, typed, filter }: BodyProps) {
  const { navigation, account } = useWorkspace();
  const { salonId } = useStore(navigation.place);
  const coming = useSelected(account, ({ chat }) => chat.status === 'signed-in');
  const ringing = useRinging();
  const rows = useMemo(
    () => listRows(list?.salons ?? [], filter, typed, callersOf(ringing)),
    [list?.salons, filter, typed, ringing],
  );
  if (!list || (list.salons.length === 0 && list.total === null))
    return coming ? <SkeletonRows rows={8} /> : null;
  if (list.salons.length === 0) return <NoSalon />;
  if (rows.length === 0) return <NoneFound typed={typed} filter={filter} />;
  return <SalonList rows={rows} selected={salonId} onOpen={navigation.openSalon} />;
}

function callersOf(ringing: readonly Ringing[]): ReadonlyMap<string, string> {
  return new Map(ringing.map(({ salonId, callerName }) => [salonId, callerName]));
}

function NoSalon() {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <Empty
      icon={ChatsIcon}
      title={t('salons:none.title')}
      actions={
        <Button
          tone="primary"
          icon={PlusIcon}
          data-pane-focus
          onPress={() => navigation.ask({ kind: 'new-salon', people: [] })}
        >
          {t('salons:new')}
        </Button>
      }
    >
      <p>{t('salons:none.text')}</p>
    </Empty>
  );
}

function NoneFound({ typed, filter }: { readonly typed: string; readonly filter: ListFilter }) {
  const { t } = useWords();
  return (
    <Empty icon={MagnifyingGlassIcon} title={t('salons:noneFound.title')}>
      <p>{typed ? t('salons:noneFound.typed', { typed }) : t(`salons:noneFound.${filter}`)}</p>
    </Empty>
  );
}
