import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import type { CommandError } from '../../matrix/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useWorkspace } from '../stores/workspace-context.tsx';

/** Leaving a salon, with what it means. */
export function LeaveDialog({ salonId }: { readonly salonId: string }) {
  const { t } = useWords();
  const { chat, navigation } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const leave = async () => {
    setBusy(true);
    const outcome = await chat.run('leave', { salonId });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.error);
    navigation.closeDialog();
    navigation.closeSalon();
  };
  return (
    <Dialog
      alert
      title={t('salons:leave.title', { name: chat.salon(salonId)?.name ?? '' })}
      onClose={navigation.closeDialog}
      width={480}
    >
      <p>{t('salons:leave.text')}</p>
      {error && <ErrorNotice problem={{ from: 'chat', error }} />}
      <DialogActions>
        <Button onPress={navigation.closeDialog}>{t('common:cancel')}</Button>
        <Button tone="bad" isDisabled={busy} onPress={() => void leave()}>
          {t('salons:leave.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
