import { type FormEvent, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import type { CommandError, DirectoryHit } from '../../matrix/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { memberFrom } from './member.ts';
import { PeopleField } from './people-field.tsx';
import './create.css';

/** Inviting into a salon is one act: conversation and folder open to the same people. */
export function InviteDialog({ salonId }: { readonly salonId: string }) {
  const { t } = useWords();
  const { chat, navigation } = useWorkspace();
  const [people, setPeople] = useState<readonly DirectoryHit[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const invite = useInvite(salonId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || people.length === 0) return;
    setBusy(true);
    const { left, problem } = await invite(people);
    setBusy(false);
    setPeople(left);
    setError(problem);
    if (!problem) navigation.closeDialog();
  };
  return (
    <Dialog
      title={t('salons:invite.title', { name: chat.salon(salonId)?.name ?? '' })}
      subtitle={t('salons:invite.subtitle')}
      dismissable={!busy}
      onClose={navigation.closeDialog}
    >
      <form className="create" onSubmit={(event) => void submit(event)}>
        <PeopleField
          label={t('salons:create.people')}
          people={people}
          onChange={setPeople}
          disabled={busy}
          focusFirst
        />
        {error && <ErrorNotice problem={{ from: 'chat', error }} />}
        <DialogActions>
          <Button isDisabled={busy} onPress={navigation.closeDialog}>
            {t('common:cancel')}
          </Button>
          <Button tone="primary" type="submit" isDisabled={busy || people.length === 0}>
            {people.length > 0
              ? t('salons:invite.submit', { count: people.length })
              : t('salons:invite.short')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface Invited {
  /** Who could not be invited. */
  readonly left: readonly DirectoryHit[];
  readonly problem: CommandError | null;
}

/** Invites people one by one, then opens the folder to those who were. */
function useInvite(salonId: string): (people: readonly DirectoryHit[]) => Promise<Invited> {
  const { bridge, chat, toasts } = useWorkspace();
  return async (people) => {
    const invited: DirectoryHit[] = [];
    let problem: CommandError | null = null;
    for (const person of people) {
      const outcome = await chat.run('invite', { salonId, userId: person.userId });
      if (outcome.ok) invited.push(person);
      else problem = outcome.error;
    }
    const folder = chat.salon(salonId)?.folder;
    if (folder && invited.length > 0) {
      const shared = await bridge.salons.shareFolder({ folder, members: invited.map(memberFrom) });
      const without = shared.ok
        ? shared.value.notShared.map(({ userId }) => userId)
        : invited.map(({ userId }) => userId);
      const names = invited.filter(({ userId }) => without.includes(userId)).map(({ name }) => name);
      if (names.length > 0)
        toasts.show('warn', ({ t, format }) =>
          t('salons:create.notShared', { count: names.length, names: format.list(names) }),
        );
    }
    return { left: people.filter((person) => !invited.includes(person)), problem };
  };
}
