import { Avatar } from '../../ui/avatar.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { useStore } from '../../ui/store.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';
import type { CallModel } from './call-model.ts';
import { myself, type Person } from './call-state.ts';
import { HandIcon, type Icon, MicrophoneSlashIcon, SpeakerHighIcon, XIcon } from './icons.ts';
import { nameOf, useCallWords } from './words.ts';

/** Who is in the call, and what its moderator may do about it. */
export function PeoplePane({ model }: { readonly model: CallModel }) {
  const t = useCallWords();
  const state = useStore(model.state);
  return (
    <aside className="people" data-region aria-label={t('people.title')}>
      <div className="people-head">
        <h2>{t('people.title')}</h2>
        <IconButton
          label={t('common:close')}
          shortcut="Esc"
          icon={XIcon}
          onPress={() => model.showPane('none')}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list is scrolled by keyboard */}
      <ul className="people-list" tabIndex={0} aria-label={t('people.title')}>
        {state.people.map((person) => (
          <Row
            key={person.id}
            person={person}
            isMe={person.id === state.me}
            speaks={person.id === state.speaker}
          />
        ))}
      </ul>
      {myself(state)?.moderator && (
        <div className="people-acts">
          <SwitchRow
            label={t('people.lobby')}
            hint={t('people.lobbyHint')}
            selected={state.lobby}
            onChange={model.setLobby}
          />
          <Button
            icon={MicrophoneSlashIcon}
            onPress={model.muteEveryone}
            isDisabled={state.people.length < 2}
          >
            {t('people.muteEveryone')}
          </Button>
        </div>
      )}
    </aside>
  );
}

function Row({
  person,
  isMe,
  speaks,
}: {
  readonly person: Person;
  readonly isMe: boolean;
  readonly speaks: boolean;
}) {
  const t = useCallWords();
  const name = nameOf(person, t);
  return (
    <li className="people-row">
      <Avatar name={name} seed={person.id} shape="person" size={36} />
      <span className="people-name">
        <span className="cut">{isMe ? t('me', { name }) : name}</span>
        {person.moderator && <span className="least">{t('people.moderator')}</span>}
      </span>
      {speaks && <Sign icon={SpeakerHighIcon} label={t('people.speaking')} />}
      {person.handUp && <Sign icon={HandIcon} label={t('people.handUp')} />}
    </li>
  );
}

function Sign({ icon: Icon, label }: { readonly icon: Icon; readonly label: string }) {
  return (
    <span title={label} className="people-sign">
      <Icon size={18} weight="fill" aria-hidden />
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
