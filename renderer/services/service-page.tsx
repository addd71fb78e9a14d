import { useEffect, useRef, useState } from 'react';
import type { ServiceView } from '../../preload/contract/brand.ts';
import type { ServiceState } from '../../preload/contract/services.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ArrowLeftIcon, ArrowSquareOutIcon, ArrowsClockwiseIcon, WarningIcon } from '../ui/icons.ts';
import { SERVICE_PICTURES } from '../ui/service-icons.ts';
import { useServiceView } from './use-service-view.ts';
import '../ui/page.css';
import './service-page.css';

/** A service of the organisation beside the salons: its own page in a view above this one, and a line with the ways out. */
export function ServicePage({ service }: { readonly service: ServiceView }) {
  const { t, format } = useWords();
  const { bridge } = useWorkspace();
  const attempt = useAttempt();
  const place = useRef<HTMLDivElement>(null);
  const state = useServiceState(service.id);
  useServiceView(service.id, place, state?.phase !== 'failed');
  const name = service.name[format.language];
  const reload = () => void attempt(bridge.services.reload());
  const openInBrowser = () => void attempt(bridge.services.openInBrowser({ id: service.id }));
  return (
    <main className="page" data-pane aria-label={name} aria-busy={state?.phase === 'loading'}>
      <header className="service-head">
        <h1>{name}</h1>
        <IconButton
          icon={ArrowLeftIcon}
          label={t('services:back')}
          isDisabled={state?.canGoBack !== true}
          onPress={() => void attempt(bridge.services.back())}
        />
        <IconButton icon={ArrowsClockwiseIcon} label={t('services:reload')} onPress={reload} />
        <IconButton icon={ArrowSquareOutIcon} label={t('services:openInBrowser')} onPress={openInBrowser} />
      </header>
      <div ref={place} className="service-place">
        {state?.phase === 'failed' ? (
          <Empty
            icon={WarningIcon}
            title={t('services:failed.title', { name })}
            actions={
              <>
                <Button tone="primary" onPress={reload}>
                  {t('common:retry')}
                </Button>
                <Button onPress={openInBrowser}>{t('services:openInBrowser')}</Button>
              </>
            }
          >
            {t('services:failed.text')}
          </Empty>
        ) : (
          <Entrance service={service} name={name} />
        )}
      </div>
    </main>
  );
}

/** What lies under the view: it is seen until the service's page is there, and takes the keyboard into the view. */
function Entrance({ service, name }: { readonly service: ServiceView; readonly name: string }) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const Picture = SERVICE_PICTURES[service.icon];
  return (
    <button
      type="button"
      className="service-entrance"
      data-pane-focus
      onClick={() => void bridge.services.focus()}
    >
      <Picture size={40} aria-hidden />
      <span>{t('services:loading', { name })}</span>
      <span className="visually-hidden">{t('services:enter', { name })}</span>
    </button>
  );
}

function useServiceState(id: string): ServiceState | null {
  const { bridge } = useWorkspace();
  const [state, setState] = useState<ServiceState | null>(null);
  useEffect(
    () =>
      bridge.services.on('changed', (next) => {
        if (next.id === id) setState(next);
      }),
    [bridge, id],
  );
  return state;
}
