import { Button } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { DownloadSimpleIcon } from '../ui/icons.ts';
import { useSelected } from '../ui/store.ts';

/** The way to the downloads, once there are some: it stays in sight while a service's own page covers the rest. */
export function RailDownloads() {
  const { t } = useWords();
  const { downloads, navigation } = useWorkspace();
  const count = useSelected(downloads.view, (view) => view?.downloads.length ?? 0);
  const running = useSelected(
    downloads.view,
    (view) => view?.downloads.filter(({ state }) => state.step === 'running').length ?? 0,
  );
  const isStuck = useSelected(
    downloads.view,
    (view) => view?.downloads.some(({ state }) => state.step === 'failed') ?? false,
  );
  if (count === 0) return null;
  const news = running > 0 ? t('downloads:running', { count: running }) : t('downloads:stuck');
  return (
    <Button className="rail-button" onPress={() => navigation.ask({ kind: 'downloads' })}>
      <DownloadSimpleIcon size={23} aria-hidden />
      <span className="rail-name">{t('downloads:rail')}</span>
      {(running > 0 || isStuck) && (
        <span className={running > 0 ? 'rail-news figures' : 'rail-news rail-news-mark'}>
          <span aria-hidden>{running > 0 ? running : ''}</span>
          <span className="visually-hidden">{news}</span>
        </span>
      )}
    </Button>
  );
}
