import { useEffect, useState } from 'react';
import { CHECKS } from '../../../preload/contract/findings.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { Button } from '../../ui/button.tsx';
import { ArrowLeftIcon, ArrowsClockwiseIcon, CopyIcon, XIcon } from '../../ui/icons.ts';
import { Page } from '../../ui/page.tsx';
import { useStore } from '../../ui/store.ts';
import { Section } from '../section.tsx';
import { CheckRow } from './check-row.tsx';
import { countDevices } from './count-devices.ts';
import { CrashSection } from './crash-section.tsx';
import { Diagnosis, tally } from './diagnosis.ts';
import { summary } from './finding-words.ts';
import { ReportSection } from './report-section.tsx';
import { useDiagnosticsState } from './use-diagnostics-state.ts';
import '../settings.css';
import './diagnostics.css';

interface Props {
  /** Where one came from: the settings, or the way in while nobody is signed in. */
  readonly from: 'settings' | 'sign-in';
}

/** What works here and what does not, with a remedy each, and the report for those who help. */
export function DiagnosticsPage({ from }: Props) {
  const { t } = useWords();
  const diagnosis = useDiagnosis();
  const state = useDiagnosticsState();
  const states = useStore(diagnosis.states);
  return (
    <Page title={t('diagnostics:title')} acts={<Acts diagnosis={diagnosis} from={from} />}>
      <div className="settings">
        <Section title={t('diagnostics:checks')}>
          {CHECKS.map((check) => (
            <CheckRow
              key={check}
              check={check}
              state={states[check]}
              onRun={() => void diagnosis.run(check)}
              onStop={() => diagnosis.stop(check)}
            />
          ))}
        </Section>
        {state && <CrashSection crashes={state.crashes} />}
        {state && <ReportSection mayExport={state.mayExport} />}
      </div>
    </Page>
  );
}

function Acts({ diagnosis, from }: Props & { readonly diagnosis: Diagnosis }) {
  const words = useWords();
  const { t } = words;
  const { bridge, toasts, navigation } = useWorkspace();
  const attempt = useAttempt();
  const states = useStore(diagnosis.states);
  const { running } = tally(states);
  const copy = async () => {
    if (await attempt(bridge.app.copyText({ text: summary(states, words) })))
      toasts.show('ok', (later) => later.t('common:copied'), 'copied');
  };
  return (
    <>
      <Button
        icon={ArrowLeftIcon}
        onPress={() => navigation.goTo(from === 'settings' ? 'settings' : 'salons')}
      >
        {t(from === 'settings' ? 'diagnostics:back' : 'diagnostics:backToSignIn')}
      </Button>
      <Button icon={CopyIcon} onPress={() => void copy()}>
        {t('diagnostics:copy')}
      </Button>
      {running > 0 ? (
        <Button icon={XIcon} onPress={diagnosis.stopAll}>
          {t('diagnostics:stopAll')}
        </Button>
      ) : (
        <Button icon={ArrowsClockwiseIcon} onPress={() => void diagnosis.runAll()}>
          {t('diagnostics:again')}
        </Button>
      )}
    </>
  );
}

/** Begins all checks with the page, ends them with it, and says aloud how they ended. */
function useDiagnosis(): Diagnosis {
  const { t } = useWords();
  const { bridge, announcer } = useWorkspace();
  const [diagnosis] = useState(() => new Diagnosis({ bridge: bridge.diagnostics, countDevices }));
  const { running, ended, broken, watch } = tally(useStore(diagnosis.states));
  const isOver = running === 0 && ended === CHECKS.length;
  useEffect(() => {
    void diagnosis.runAll();
    return diagnosis.stopAll;
  }, [diagnosis]);
  useEffect(() => {
    if (isOver) announcer.say(t('diagnostics:over', { broken, watch }));
  }, [isOver, broken, watch, announcer, t]);
  return diagnosis;
}
