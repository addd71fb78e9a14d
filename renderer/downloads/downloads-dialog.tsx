import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { DownloadSimpleIcon } from '../ui/icons.ts';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useStore } from '../ui/store.ts';
import { DownloadRow } from './download-row.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import './downloads.css';

/** What was downloaded since the program started, with how far it is and what can be done. */
export function DownloadsDialog() {
  const { t } = useWords();
  const { navigation, downloads } = useWorkspace();
  const view = useStore(downloads.view);
  const { after, onFocus } = useKeptFocus();
  const some = view?.downloads ?? [];
  const anyEnded = some.some(({ state }) => state.step !== 'running');
  return (
    <Dialog title={t('downloads:title')} onClose={navigation.closeDialog} width={640}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only notes where the focus is */}
      <div className="downloads-body" onFocus={onFocus}>
        {view === null && <SkeletonRows rows={3} avatar={32} />}
        {view !== null && some.length === 0 && (
          <Empty icon={DownloadSimpleIcon} title={t('downloads:none.title')}>
            <p>{t('downloads:none.text')}</p>
          </Empty>
        )}
        {some.length > 0 && (
          <ul className="downloads" aria-label={t('downloads:title')}>
            {some.map((download) => (
              <DownloadRow key={download.id} download={download} />
            ))}
          </ul>
        )}
        <DialogActions>
          {anyEnded && (
            <Button tone="quiet" onPress={() => void downloads.forgetEnded()}>
              {t('downloads:forgetEnded')}
            </Button>
          )}
          <Button ref={after} onPress={navigation.closeDialog}>
            {t('common:close')}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
