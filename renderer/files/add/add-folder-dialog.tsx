import { useCallback } from 'react';
import type { FolderProposal } from '../../../preload/contract/chosen-folders.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { fileName } from '../../ui/file-name.ts';
import { Notice } from '../../ui/notice.tsx';
import { useServerFolders } from '../choice/use-server-folders.ts';
import { OfferedTree } from './offered-tree.tsx';
import { useProposal } from './use-proposal.ts';
import './add.css';

const ROOT = [''];

/** Another folder of the person's is kept on this PC: which, where, and what it takes. */
export function AddFolderDialog() {
  const { t } = useWords();
  const { bridge, navigation, toasts } = useWorkspace();
  const server = useServerFolders(
    useCallback((path: string) => bridge.chosenFolders.browse({ path }), [bridge]),
    ROOT,
  );
  const { path, proposal, error, busy, choose, askWhere, add } = useProposal(bridge.chosenFolders);
  const submit = async () => {
    if (!(await add())) return;
    navigation.closeDialog();
    toasts.show('ok', ({ t: say }) => say('files:add.done', { name: fileName(path ?? '') }), 'add-folder');
  };
  return (
    <Dialog title={t('files:add.title')} subtitle={t('files:add.text')} onClose={navigation.closeDialog}>
      {server.error && (
        <ErrorNotice problem={{ from: 'main', error: server.error }} onRetry={() => void server.askAgain()} />
      )}
      {(server.contents.has('') || !server.error) && (
        <OfferedTree server={server} selected={path} onSelect={choose} />
      )}
      <div className="add-where" aria-live="polite">
        {path === null && server.contents.has('') && <p className="secondary">{t('files:add.none')}</p>}
        {proposal && <Where proposal={proposal} busy={busy} onAsk={askWhere} />}
        {error && <ErrorNotice problem={{ from: 'main', error }} />}
        {error?.messageKey === 'errors:forbidden.nested-here' && !proposal && (
          <Button isDisabled={busy} onPress={askWhere}>
            {t('files:place.other')}
          </Button>
        )}
        {proposal && !proposal.fits && <Notice tone="bad" title={t('files:choose.tooMuch')} />}
      </div>
      <DialogActions>
        <Button onPress={navigation.closeDialog}>{t('common:cancel')}</Button>
        <Button tone="primary" isDisabled={busy || !proposal?.fits} onPress={() => void submit()}>
          {t('files:add.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface WhereProps {
  readonly proposal: FolderProposal;
  readonly busy: boolean;
  readonly onAsk: () => void;
}

/** Where the folder will be on this PC, what is to come, and what is free there. */
function Where({ proposal: { localPath, bytes, freeBytes }, busy, onAsk }: WhereProps) {
  const { t, format } = useWords();
  const sizes = [
    bytes === null ? null : t('files:add.comes', { size: format.size(bytes) }),
    freeBytes === null ? null : t('files:choose.free', { size: format.size(freeBytes) }),
  ].filter((each) => each !== null);
  return (
    <div className="add-place">
      <div className="add-place-words">
        <p className="add-place-path">{t('files:add.here', { place: localPath })}</p>
        <p className="least figures">{sizes.join(' · ')}</p>
      </div>
      <Button isDisabled={busy} onPress={onAsk}>
        {t('files:place.other')}
      </Button>
    </div>
  );
}
