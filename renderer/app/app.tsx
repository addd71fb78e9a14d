import { useEffect, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { DiagnosticsPage } from '../settings/diagnostics/diagnostics-page.tsx';
import { PreparingPage } from '../signin/preparing-page.tsx';
import { RecoveryPage } from '../signin/recovery-page.tsx';
import { SignInPage } from '../signin/sign-in-page.tsx';
import { LiveRegions } from '../ui/announcer.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { ToastRegion } from '../ui/toasts.tsx';
import { Frame } from './frame.tsx';
import { DoubtfulServers } from './network/doubtful-servers.tsx';
import { NetworkQuestions } from './network/network-questions.tsx';
import { focusModule } from './panes.ts';

/** Everything in the window. */
export function App() {
  const { announcer, toasts } = useWorkspace();
  const { format } = useWords();
  return (
    <I18nProvider locale={format.language === 'fr' ? 'fr-FR' : 'en-GB'}>
      <div className="shell">
        <DoubtfulServers />
        <AtStage />
      </div>
      <NetworkQuestions />
      <ToastRegion toasts={toasts} />
      <LiveRegions announcer={announcer} />
    </I18nProvider>
  );
}

function AtStage() {
  const { session, navigation } = useWorkspace();
  const stage = useStore(session.stage);
  const isChecking = useSelected(navigation.place, ({ module }) => module === 'diagnostics');
  const before = useRef(stage.at);
  useEffect(() => {
    if (stage.at === 'inside' && before.current !== 'inside') focusModule(document);
    before.current = stage.at;
  }, [stage.at]);
  switch (stage.at) {
    case 'sign-in':
      // Who can't sign in needs to know why most.
      if (isChecking) return <DiagnosticsPage from="sign-in" />;
      return <SignInPage key={stage.goal} goal={stage.goal} />;
    case 'preparing':
      return <PreparingPage />;
    case 'recovery':
      return <RecoveryPage key={stage.need} need={stage.need} />;
    case 'inside':
      return <Frame />;
  }
}
