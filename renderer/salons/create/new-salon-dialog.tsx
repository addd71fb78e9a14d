import { type FormEvent, useEffect, useState } from 'react';
import { errorWords } from '../../i18n/error-words.ts';
import { useWords } from '../../i18n/index.ts';
import type { DirectoryHit } from '../../matrix/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ProblemDetails } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/field.tsx';
import { FolderIcon, PhoneIcon } from '../../ui/icons.ts';
import { Notice } from '../../ui/notice.tsx';
import { useSelected, useStore } from '../../ui/store.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';
import type { CreationState } from '../stores/creations-store.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { CreationProgress } from './creation-progress.tsx';
import { memberFrom } from './member.ts';
import { PeopleField } from './people-field.tsx';
import { useFolderHint } from './use-folder-hint.ts';
import './create.css';

const LONGEST_NAME = 120;

/** A new salon in one act: name, people, folder, calls. */
export function NewSalonDialog({ people: first }: { readonly people: readonly DirectoryHit[] }) {
  const { t } = useWords();
  const { creations, navigation } = useWorkspace();
  const state = useStore(creations.state);
  useEffect(() => creations.reset, [creations]);
  const running = state.is === 'running';
  return (
    <Dialog
      title={t('salons:create.title')}
      subtitle={t('salons:create.subtitle')}
      dismissable={!running}
      onClose={navigation.closeDialog}
    >
      <Plan first={first} state={state} />
    </Dialog>
  );
}

function Plan({ first, state }: { readonly first: readonly DirectoryHit[]; readonly state: CreationState }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const filesIn = useFilesReady();
  const [choice, setChoice] = useState<Choice>({ folder: true, calls: true });
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const [people, setPeople] = useState(first);
  const create = useCreate();
  const running = state.is === 'running';
  const withFolder = choice.folder && filesIn;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(name.trim() === '');
    if (name.trim() === '' || running) return;
    void create({ name: name.trim(), people, withFolder, membersMayCall: choice.calls });
  };
  return (
    <form className="create" onSubmit={submit} noValidate>
      <TextField
        label={t('salons:create.name')}
        value={name}
        onChange={setName}
        maxLength={LONGEST_NAME}
        focusFirst
        disabled={running}
        error={missing ? t('salons:create.nameMissing') : null}
      />
      <PeopleField
        label={t('salons:create.people')}
        people={people}
        onChange={setPeople}
        disabled={running}
      />
      <Options people={people} choice={choice} onChange={setChoice} disabled={running} />
      <HowItGoes state={state} withFolder={withFolder} />
      <DialogActions>
        <Button isDisabled={running} onPress={navigation.closeDialog}>
          {t('common:cancel')}
        </Button>
        <Button tone="primary" type="submit" isDisabled={running}>
          {t(running ? 'salons:create.running' : 'salons:create.submit')}
        </Button>
      </DialogActions>
    </form>
  );
}

interface Choice {
  readonly folder: boolean;
  readonly calls: boolean;
}

interface OptionsProps {
  readonly people: readonly DirectoryHit[];
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
  readonly disabled: boolean;
}

/** What the salon has beside its conversation. */
function Options({ people, choice, onChange, disabled }: OptionsProps) {
  const { t } = useWords();
  const filesIn = useFilesReady();
  return (
    <div className="create-options">
      <SwitchRow
        tile={
          <span className="create-tile tint-6" aria-hidden>
            <FolderIcon size={20} weight="fill" />
          </span>
        }
        label={t('salons:create.folder')}
        hint={useFolderHint(people, choice.folder, filesIn)}
        selected={choice.folder && filesIn}
        disabled={!filesIn || disabled}
        onChange={(folder) => onChange({ ...choice, folder })}
      />
      <SwitchRow
        tile={
          <span className="create-tile tint-1" aria-hidden>
            <PhoneIcon size={20} weight="fill" />
          </span>
        }
        label={t('salons:create.calls')}
        hint={t(choice.calls ? 'salons:create.callsAll' : 'salons:create.callsManagers')}
        selected={choice.calls}
        disabled={disabled}
        onChange={(calls) => onChange({ ...choice, calls })}
      />
    </div>
  );
}

function HowItGoes({ state, withFolder }: { readonly state: CreationState; readonly withFolder: boolean }) {
  const words = useWords();
  const { t } = words;
  const { bridge } = useWorkspace();
  if (state.is === 'running') return <CreationProgress step={state.step} withFolder={withFolder} />;
  if (state.is === 'idle' || state.creation.ended === 'made') return null;
  const { ended, problem } = state.creation;
  const { title, details } = errorWords(problem, words);
  return (
    <Notice tone="bad" role="alert" title={title}>
      <p>{t(`salons:create.${ended}`)}</p>
      <ProblemDetails details={details} onCopy={(text) => void bridge.app.copyText({ text })} />
    </Notice>
  );
}

function useFilesReady(): boolean {
  const { account } = useWorkspace();
  return useSelected(account, ({ files }) => files.status === 'signed-in');
}

interface Typed {
  readonly name: string;
  readonly people: readonly DirectoryHit[];
  readonly withFolder: boolean;
  readonly membersMayCall: boolean;
}

/** Makes the salon and opens it; says for whom the folder could not be opened. */
function useCreate(): (typed: Typed) => Promise<void> {
  const { creations, navigation, toasts } = useWorkspace();
  return async ({ people, ...typed }) => {
    const creation = await creations.create({
      ...typed,
      creationId: crypto.randomUUID(),
      people: people.map(memberFrom),
    });
    if (creation.ended !== 'made') return;
    navigation.openSalon(creation.salonId);
    const left = creation.notShared.map(
      ({ userId }) => people.find((each) => each.userId === userId)?.name ?? userId,
    );
    if (left.length > 0)
      toasts.show('warn', ({ t, format }) =>
        t('salons:create.notShared', { count: left.length, names: format.list(left) }),
      );
  };
}
