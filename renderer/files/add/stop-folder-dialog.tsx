import { useState } from 'react';
import type { ContractError } from '../../../preload/contract/channel.ts';
import type { SalonFolder } from '../../../preload/contract/files.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useSelected } from '../../ui/store.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';

/** A chosen folder is let go: what becomes of what is here and there. */
export function StopFolderDialog({ salonId }: { readonly salonId: string }) {
  const { folders, navigation } = useWorkspace();
  const folder = useSelected(folders.overview, () => folders.folder(salonId));
  const { t } = useWords();
  if (folder) return <Stop folder={folder} />;
  return (
    <Dialog title={t('files:stop.gone')} onClose={navigation.closeDialog} width={480}>
      <DialogActions>
        <Button onPress={navigation.closeDialog}>{t('common:close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Stop({ folder: { salonId, name, activity } }: { readonly folder: SalonFolder }) {
  const { t } = useWords();
  const { bridge, navigation, toasts } = useWorkspace();
  const [trash, setTrash] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ContractError | null>(null);
  const stop = async () => {
    setBusy(true);
    setError(null);
    const copy = trash ? 'trash' : 'keep';
    const outcome = await bridge.chosenFolders.stop({ folderId: salonId, copy });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.error);
    navigation.closeDialog();
    const { copy: done } = outcome.value;
    toasts.show(
      done === 'refused' ? 'warn' : 'ok',
      ({ t: say }) => say(`files:stop.done.${done}`, { name }),
      'stop-folder',
    );
  };
  return (
    <Dialog
      alert
      title={t('files:stop.title', { name })}
      onClose={navigation.closeDialog}
      dismissable={!busy}
      width={480}
    >
      <p>{t(`files:stop.text.${activity.state === 'gone' ? 'gone' : trash ? 'trash' : 'keep'}`)}</p>
      {activity.state !== 'gone' && (
        <SwitchRow
          label={t('files:stop.trash')}
          hint={t('files:stop.trashHint')}
          selected={trash}
          onChange={setTrash}
        />
      )}
      {error && <ErrorNotice problem={{ from: 'main', error }} />}
      <DialogActions>
        <Button isDisabled={busy} onPress={navigation.closeDialog}>
          {t('common:cancel')}
        </Button>
        <Button tone="primary" isDisabled={busy} onPress={() => void stop()}>
          {t('files:stop.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
