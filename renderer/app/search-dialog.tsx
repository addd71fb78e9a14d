import { type ReactNode, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import type { DirectoryHit, SalonSummary } from '../matrix/protocol.ts';
import { useDirectory } from '../salons/create/use-directory.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Pill } from '../ui/badge.tsx';
import { MagnifyingGlassIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { allCommands, type Command, perform } from './commands/index.ts';
import { findCommands, findSalons } from './search.ts';
import { Keys } from './shortcuts-dialog.tsx';
import './search.css';

/** Searches everything and jumps: salons, people, modules and what can be done. */
export function SearchDialog() {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const [typed, setTyped] = useState('');
  return (
    <ModalOverlay
      className="veil veil-top"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) navigation.closeDialog();
      }}
    >
      <Modal className="dialog-frame search-frame">
        <Dialog aria-label={t('app:command.search')} className="search">
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <SearchField
              aria-label={t('app:search.label')}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of a dialog the person just opened
              autoFocus
              className="search-field"
            >
              <MagnifyingGlassIcon size={22} aria-hidden />
              <Input
                // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- Autocomplete names the list it controls
                role="combobox"
                aria-expanded
                placeholder={t('app:search.label')}
                className="search-input"
              />
              <kbd>{t('app:keys.escape')}</kbd>
            </SearchField>
            <Results typed={typed} />
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Results({ typed }: { readonly typed: string }) {
  const words = useWords();
  const { t } = words;
  const workspace = useWorkspace();
  const { chat, navigation } = workspace;
  const list = useStore(chat.list);
  const { hits, state } = useDirectory(typed, []);
  const salons = findSalons(list?.salons ?? [], typed);
  const commands = findCommands(allCommands(workspace), typed, words, workspace);
  const choose = (key: string) => {
    const salon = salons.find(({ id }) => id === key);
    const command = commands.find(({ id }) => id === key);
    const person = hits.find(({ userId }) => userId === key);
    navigation.closeDialog();
    if (salon) navigation.openSalon(salon.id);
    else if (command) perform(command, workspace);
    else if (person) navigation.ask({ kind: 'new-salon', people: [person] });
  };
  return (
    <ListBox
      aria-label={t('app:search.results')}
      className="search-results"
      onAction={(key) => choose(String(key))}
      renderEmptyState={() => (
        <p className="search-nothing">
          {t(
            state === 'searching' && typed.trim().length > 1
              ? 'salons:people.searching'
              : 'app:search.nothing',
          )}
        </p>
      )}
    >
      {salons.length > 0 && <Group title={t('app:search.salons')}>{salons.map(salonResult)}</Group>}
      {hits.length > 0 && (
        <Group title={t('app:search.people')}>
          {hits.slice(0, 5).map((hit) => personResult(hit, t('app:search.newSalonWith', { name: hit.name })))}
        </Group>
      )}
      {commands.length > 0 && (
        <Group title={t('app:search.commands')}>
          {commands.map((command) => commandResult(command, command.name(words)))}
        </Group>
      )}
    </ListBox>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <ListBoxSection>
      <Header className="search-group">{title}</Header>
      {children}
    </ListBoxSection>
  );
}

function salonResult(salon: SalonSummary) {
  return (
    <ListBoxItem key={salon.id} id={salon.id} textValue={salon.name} className="search-result">
      <SalonAvatar salon={salon} size={32} />
      <span className="search-name cut">{salon.name}</span>
    </ListBoxItem>
  );
}

function personResult(hit: DirectoryHit, line: string) {
  return (
    <ListBoxItem key={hit.userId} id={hit.userId} textValue={hit.name} className="search-result">
      <Avatar name={hit.name} seed={hit.userId} shape="person" size={32} />
      <span className="search-name cut">{hit.name}</span>
      {hit.partnerOf !== null && <Pill>{hit.partnerOf}</Pill>}
      <span className="least cut">{line}</span>
    </ListBoxItem>
  );
}

function commandResult(command: Command, name: string) {
  return (
    <ListBoxItem key={command.id} id={command.id} textValue={name} className="search-result">
      <span className="search-name cut">{name}</span>
      {command.keys[0] !== undefined && <Keys shortcut={command.keys[0]} />}
    </ListBoxItem>
  );
}
