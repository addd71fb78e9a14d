import type { ReactNode } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { WarningIcon } from '../ui/icons.ts';
import { focusWhenLost } from './panes.ts';

/** A part of the window that may fail alone: the log hears of it, the person sees a way on, the rest stays. */
export function Guarded({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const { bridge, navigation } = useWorkspace();
  const report = ({ name, message }: Error) =>
    void bridge.app.log({
      level: 'error',
      event: 'page.part-failed',
      details: { name, message: message.slice(0, 500) },
    });
  return (
    <ErrorBoundary
      onError={report}
      // oxlint-disable-next-line react/no-unstable-nested-components -- a function that draws, not a component
      fallback={(retry) => (
        <div className="page" role="alert">
          <Empty
            icon={WarningIcon}
            title={t('app:failed.title')}
            actions={
              <Button
                tone="primary"
                onPress={() => {
                  navigation.closeDialog();
                  retry();
                  // The button goes with the message: what is drawn again takes the focus.
                  requestAnimationFrame(() => focusWhenLost(document));
                }}
              >
                {t('app:failed.action')}
              </Button>
            }
          >
            <p>{t('app:failed.text')}</p>
          </Empty>
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
