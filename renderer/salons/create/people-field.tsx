import { useRef, useState } from 'react';
import {
  Button,
  ComboBox,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  Tag,
  TagGroup,
  TagList,
} from 'react-aria-components';
import { useWords } from '../../i18n/index.ts';
import type { DirectoryHit } from '../../matrix/protocol.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Pill } from '../../ui/badge.tsx';
import { XIcon } from '../../ui/icons.ts';
import { useDirectory } from './use-directory.ts';

interface Props {
  readonly label: string;
  readonly people: readonly DirectoryHit[];
  readonly onChange: (people: readonly DirectoryHit[]) => void;
  readonly disabled?: boolean;
  readonly focusFirst?: boolean;
}

/**
 * People found in the directory as one types, and those chosen as chips; Backspace takes the last one out. The chips
 * stand beside the combobox, not in it: each of the two is a collection of its own.
 */
export function PeopleField({ label, people, onChange, disabled, focusFirst }: Props) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const { hits, state } = useDirectory(typed, people);
  const add = (userId: string) => {
    const hit = hits.find((each) => each.userId === userId);
    if (hit) onChange([...people, hit]);
    setTyped('');
  };
  return (
    <div className="people">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <div className="people-box" ref={box}>
        <Chosen
          people={people}
          onRemove={(gone) => onChange(people.filter(({ userId }) => !gone.has(userId)))}
        />
        <ComboBox
          className="people-combo"
          aria-label={label}
          inputValue={typed}
          onInputChange={setTyped}
          items={hits}
          selectedKey={null}
          onSelectionChange={(key) => key !== null && add(String(key))}
          menuTrigger="input"
          allowsEmptyCollection={typed.trim().length > 1}
          isDisabled={disabled ?? false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of a dialog the person just opened
          autoFocus={focusFirst ?? false}
        >
          <Input
            className="people-input"
            placeholder={people.length === 0 ? t('salons:people.placeholder') : ''}
            onKeyDown={(event) => {
              if (event.key === 'Backspace' && typed === '') onChange(people.slice(0, -1));
            }}
          />
          <Popover className="popover people-popover" triggerRef={box}>
            <ListBox
              className="menu"
              renderEmptyState={() => <p className="people-empty">{t(`salons:people.${state}`)}</p>}
            >
              {(hit: DirectoryHit) => <Hit hit={hit} />}
            </ListBox>
          </Popover>
        </ComboBox>
      </div>
    </div>
  );
}

function Hit({ hit }: { readonly hit: DirectoryHit }) {
  return (
    <ListBoxItem id={hit.userId} textValue={hit.name} className="menu-item people-hit">
      <Avatar name={hit.name} seed={hit.userId} shape="person" size={28} />
      <span className="people-hit-words">
        <span className="cut">{hit.name}</span>
        <span className="least cut">{userName(hit.userId)}</span>
      </span>
      {hit.partnerOf !== null && <Pill>{hit.partnerOf}</Pill>}
    </ListBoxItem>
  );
}

/** What tells two people of one name apart: the part of their id that is theirs. */
function userName(userId: string): string {
  return userId.slice(1, userId.indexOf(':'));
}

interface ChosenProps {
  readonly people: readonly DirectoryHit[];
  readonly onRemove: (userIds: ReadonlySet<unknown>) => void;
}

function Chosen({ people, onRemove }: ChosenProps) {
  const { t } = useWords();
  if (people.length === 0) return null;
  return (
    <TagGroup aria-label={t('salons:people.chosen')} onRemove={onRemove} className="people-chosen">
      <TagList className="chips">
        {people.map(({ userId, name, partnerOf }) => (
          <Tag key={userId} id={userId} textValue={name} className="chip">
            <Avatar name={name} seed={userId} shape="person" size={26} />
            <span className="cut">{name}</span>
            {partnerOf !== null && <Pill>{t('common:partner')}</Pill>}
            <Button slot="remove" className="chip-remove" aria-label={t('salons:people.remove', { name })}>
              <XIcon size={14} aria-hidden />
            </Button>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
