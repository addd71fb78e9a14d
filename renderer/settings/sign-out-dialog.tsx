import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { CheckIcon, XIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useSelected, useStore } from '../ui/store.ts';

/** Asks before signing out: what it ends, what it leaves alone, what would be lost. */
export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { session, toasts } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const revoked = await session.signOut();
    toasts.show(revoked ? 'ok' : 'warn', ({ t: say }) =>
      say(revoked ? 'settings:signOut.done' : 'settings:signOut.notRevoked'),
    );
  };
  return (
    <Dialog alert title={t('settings:signOut.title')} onClose={onClose} dismissable={!busy} width={520}>
      <ul className="sign-out-facts">
        <li>
          <XIcon size={18} aria-hidden />
          {t('settings:signOut.ends')}
        </li>
        <li>
          <XIcon size={18} aria-hidden />
          {t('settings:signOut.unsent')}
        </li>
        <li>
          <CheckIcon size={18} aria-hidden />
          {t('settings:signOut.folder')}
        </li>
        <li>
          <CheckIcon size={18} aria-hidden />
          {t('settings:signOut.messages')}
        </li>
      </ul>
      <Risks />
      <DialogActions>
        <Button isDisabled={busy} onPress={onClose}>
          {t('common:cancel')}
        </Button>
        <Button tone="bad" isPending={busy} onPress={() => void leave()}>
          {t(busy ? 'settings:signOut.busy' : 'settings:signOut.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What this sign-out would lose. */
function Risks() {
  const { t } = useWords();
  const { chat, downloads, session } = useWorkspace();
  const { state } = useStore(chat.protection);
  const offline = useSelected(chat.list, (list) => list !== null && list.connection !== 'live');
  const running = useSelected(
    downloads.view,
    (view) => view?.downloads.filter((each) => each.state.step === 'running').length ?? 0,
  );
  return (
    <>
      {offline && (
        <Notice tone="warn" title={t('settings:signOut.offline.title')}>
          <p>{t('settings:signOut.offline.text')}</p>
        </Notice>
      )}
      {running > 0 && <Notice tone="warn" title={t('settings:signOut.downloads', { count: running })} />}
      {(state === 'needs-setup' || state === 'needs-code') && (
        <Notice
          tone="warn"
          title={t('settings:signOut.noCode.title')}
          actions={<Button onPress={session.askForCode}>{t(`settings:protection.${state}.action`)}</Button>}
        >
          <p>{t('settings:signOut.noCode.text')}</p>
        </Notice>
      )}
    </>
  );
}
