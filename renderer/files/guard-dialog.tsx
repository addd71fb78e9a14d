import { useState } from 'react';
import type { Guard, SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { useSelected } from '../ui/store.ts';

/** Much would be deleted: the person says whether they meant it. */
export function GuardDialog({ salonId }: { readonly salonId: string }) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const folder = useSelected(folders.overview, () => folders.folder(salonId));
  const guard = folder?.activity.state === 'guarded' ? folder.activity.guard : null;
  const decide = async ({ id }: Guard, decision: 'delete' | 'restore') => {
    setBusy(true);
    const done = await attempt(folders.decideGuard(salonId, id, decision));
    setBusy(false);
    if (done) navigation.closeDialog();
  };
  if (!folder || !guard) {
    return (
      <Dialog title={t('files:guard.title')} onClose={navigation.closeDialog} width={480}>
        <p>{t('files:conflict.gone')}</p>
        <DialogActions>
          <Button onPress={navigation.closeDialog}>{t('common:close')}</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog alert title={t('files:guard.title')} subtitle={folder.name} onClose={navigation.closeDialog}>
      <What folder={folder} />
      <DialogActions>
        <Button tone="danger" isDisabled={busy} onPress={() => void decide(guard, 'delete')}>
          {t(`files:guard.delete.${guard.side}`)}
        </Button>
        <Button tone="primary" isDisabled={busy} onPress={() => void decide(guard, 'restore')}>
          {t(`files:guard.restore.${guard.side}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function What({ folder }: { readonly folder: SalonFolder }) {
  const { t } = useWords();
  if (folder.activity.state !== 'guarded') return null;
  const { guard } = folder.activity;
  return (
    <>
      <p>
        {t(`files:guard.${guard.reason}.${guard.side}`, { count: guard.count })} {t('files:meaning.guarded')}
      </p>
      {guard.examples.length > 0 && (
        <div>
          <h2>{t('files:guard.examples')}</h2>
          <ul className="examples">
            {guard.examples.slice(0, 5).map((path) => (
              <li key={path} className="cut" title={path}>
                {path}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
