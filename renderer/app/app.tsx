import { I18nProvider } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { LiveRegions } from '../ui/announcer.tsx';
import { ToastRegion } from '../ui/toasts.tsx';
import { Frame } from './frame.tsx';

/** Everything in the window. */
export function App() {
  const { announcer, toasts } = useWorkspace();
  const { format } = useWords();
  return (
    <I18nProvider locale={format.language === 'fr' ? 'fr-FR' : 'en-GB'}>
      <Frame />
      <ToastRegion toasts={toasts} />
      <LiveRegions announcer={announcer} />
    </I18nProvider>
  );
}
