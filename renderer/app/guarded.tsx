import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { WarningIcon } from '../ui/icons.ts';
import { focusWhenLost } from './panes.ts';
import '../ui/page.css';

/** A part of the window that may fail alone: the log hears of it, the person sees a way on, the rest stays. */
export function Guarded({ children }: { readonly children: ReactNode }) {
  const { bridge } = useWorkspace();
  const report = ({ name, message }: Error) =>
    void bridge.app.log({
      level: 'error',
      event: 'page.part-failed',
      details: { name, message: message.slice(0, 500) },
    });
  return (
    // oxlint-disable-next-line react/no-unstable-nested-components -- a function that draws, not a component
    <ErrorBoundary onError={report} fallback={(retry) => <Failed onRetry={retry} />}>
      {children}
    </ErrorBoundary>
  );
}

/** Stands in the place of what failed. It takes the focus where that was lost with it, and gives it on. */
function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  const again = () => {
    navigation.closeDialog();
    onRetry();
    requestAnimationFrame(() => focusWhenLost(document));
  };
  return (
    <section className="page page-failed" role="alert" data-pane aria-label={t('app:failed.title')}>
      <Empty
        icon={WarningIcon}
        title={t('app:failed.title')}
        actions={
          <Button ref={button} tone="primary" onPress={again}>
            {t('app:failed.action')}
          </Button>
        }
      >
        <p>{t('app:failed.text')}</p>
      </Empty>
    </section>
  );
}
