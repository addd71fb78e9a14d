import { useEffect, useState } from 'react';
import type { Estimate } from '../../preload/contract/folder-sizes.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { HardDrivesIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useWorkspace } from './stores/workspace-context.tsx';
import { useAttempt } from './use-attempt.ts';

/** Asked once: where on this PC the salons' folders are kept, with what there is to fetch and whether it fits. */
export function ChoosePlace({ suggested }: { readonly suggested: string }) {
  const { t } = useWords();
  const { folders, toasts } = useWorkspace();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const estimate = useEstimate();
  const isFull = estimate !== 'asking' && estimate !== 'unknown' && !estimate.fits;
  const choose = async (how: 'suggested' | 'ask') => {
    setBusy(true);
    await attempt(folders.choosePlace(how));
    setBusy(false);
  };
  const chooseFolders = async () => {
    setBusy(true);
    if (await attempt(folders.choosePlace('suggested', 'none')))
      toasts.show('info', ({ t: words }) => words('files:place.chosen'));
    setBusy(false);
  };
  return (
    <Empty
      icon={HardDrivesIcon}
      title={t('files:place.title')}
      actions={
        <>
          {isFull ? (
            <Button isDisabled={busy} onPress={() => void chooseFolders()}>
              {t('files:place.choose')}
            </Button>
          ) : (
            <Button tone="primary" isDisabled={busy} onPress={() => void choose('suggested')}>
              {t('files:place.take')}
            </Button>
          )}
          <Button tone={isFull ? 'primary' : 'plain'} isDisabled={busy} onPress={() => void choose('ask')}>
            {t('files:place.other')}
          </Button>
        </>
      }
    >
      <p>{t('files:place.text')}</p>
      <p className="place-path">{suggested}</p>
      <EstimateLines estimate={estimate} />
    </Empty>
  );
}

type Asked = Estimate | 'asking' | 'unknown';

/** Asked again when salons come: the list of them may be later than the page. */
function useEstimate(): Asked {
  const { folders } = useWorkspace();
  const [asked, setAsked] = useState<Asked>('asking');
  useEffect(() => {
    let isWanted = true;
    let count = -1;
    const ask = async () => {
      const outcome = await folders.estimate();
      if (isWanted) setAsked(outcome.ok ? outcome.value : 'unknown');
    };
    const look = () => {
      const now = folders.overview.get()?.folders.length ?? 0;
      if (now !== count) void ask();
      count = now;
    };
    look();
    const stop = folders.overview.subscribe(look);
    return () => {
      isWanted = false;
      stop();
    };
  }, [folders]);
  return asked;
}

/** Bytes a second of a poor line and of a good one, while nothing was measured yet. */
const [SLOW, FAST] = [1_000_000, 10_000_000];

function EstimateLines({ estimate }: { readonly estimate: Asked }) {
  const { t, format } = useWords();
  if (estimate === 'asking' || estimate === 'unknown')
    return <p className="place-estimate">{t(`files:estimate.${estimate}`)}</p>;
  const { folders, bytes, freeBytes, fits } = estimate;
  if (folders === 0) return <p className="place-estimate">{t('files:estimate.none')}</p>;
  const some = t('files:estimate.some', { count: folders, size: format.size(bytes) });
  const free = freeBytes === null ? '' : ` · ${t('files:estimate.free', { free: format.size(freeBytes) })}`;
  return (
    <>
      <p className="place-estimate figures">
        {some}
        {free}
      </p>
      {fits ? (
        <p className="figures">
          {t('files:estimate.time', {
            least: format.duration(bytes / FAST),
            most: format.duration(bytes / SLOW),
          })}
        </p>
      ) : (
        <Notice tone="warn" title={t('files:estimate.full')} role="status" className="place-full" />
      )}
    </>
  );
}
