import type { Download } from '../../preload/contract/downloads.ts';
import { useWords, type Words } from '../i18n/index.ts';
import { lastPart } from '../salons/last-part.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FileTile } from '../ui/file-tile.tsx';
import { XIcon } from '../ui/icons.ts';
import { StateIcon } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';

/** One file: its name, where it comes from and goes to, how far it is, what can be done. */
export function DownloadRow({ download }: { readonly download: Download }) {
  const words = useWords();
  const { t } = words;
  const { name, host, folder, bytesDone, bytesTotal, state } = download;
  const from = host === null ? t('downloads:fromChat') : t('downloads:from', { host });
  const isFailed = state.step === 'failed';
  return (
    <li className="download" tabIndex={-1}>
      <FileTile name={name} size={36} />
      <div className="download-words">
        <p className="download-name cut" title={folder === '' ? name : `${folder} · ${name}`}>
          {name}
        </p>
        <p className="least cut">{from}</p>
        {state.step === 'running' && (
          <Progress
            part={bytesTotal === null ? null : bytesDone / Math.max(1, bytesTotal)}
            label={t('downloads:progress', { name })}
          />
        )}
        <p className={isFailed ? 'download-line download-bad' : 'download-line figures'}>
          {isFailed && <StateIcon tone="bad" size={16} />}
          <span>{lineOf(download, words)}</span>
        </p>
      </div>
      <div className="download-acts">
        <Acts download={download} />
      </div>
    </li>
  );
}

function Acts({ download: { id, name, state } }: { readonly download: Download }) {
  const { t } = useWords();
  const { downloads } = useWorkspace();
  const forget = (
    <IconButton
      icon={XIcon}
      label={t('downloads:forget', { name })}
      onPress={() => void downloads.forget(id)}
    />
  );
  switch (state.step) {
    case 'running':
      return (
        <Button aria-label={t('downloads:stopOne', { name })} onPress={() => void downloads.stop(id)}>
          {t('downloads:stop')}
        </Button>
      );
    case 'done':
      return (
        <>
          <Button aria-label={t('downloads:revealOne', { name })} onPress={() => void downloads.reveal(id)}>
            {t('downloads:reveal')}
          </Button>
          {forget}
        </>
      );
    case 'failed':
      return (
        <>
          {state.problem === 'not-placed' ? (
            <div className="download-two">
              <Button
                aria-label={t('downloads:revealOne', { name })}
                onPress={() => void downloads.reveal(id)}
              >
                {t('downloads:reveal')}
              </Button>
              <Button aria-label={t('downloads:retryOne', { name })} onPress={() => void downloads.goOn(id)}>
                {t('common:retry')}
              </Button>
            </div>
          ) : (
            state.mayGoOn && (
              <Button aria-label={t('downloads:goOnOne', { name })} onPress={() => void downloads.goOn(id)}>
                {t('downloads:goOn')}
              </Button>
            )
          )}
          {forget}
        </>
      );
  }
}

/** How it stands, in words. */
function lineOf({ name, folder, bytesDone, bytesTotal, state }: Download, { t, format }: Words): string {
  switch (state.step) {
    case 'running': {
      const done = format.size(bytesDone);
      const far = bytesTotal === null ? done : t('downloads:of', { done, total: format.size(bytesTotal) });
      if (state.secondsLeft === null) return far;
      return t('downloads:left', { far, left: format.duration(state.secondsLeft) });
    }
    case 'done':
      return t(state.isElsewhere ? 'downloads:elsewhere' : 'downloads:in', {
        size: format.size(bytesDone),
        folder: lastPart(folder),
      });
    case 'failed':
      return t(`downloads:problem.${state.problem}`, { name, folder: lastPart(folder) });
  }
}
