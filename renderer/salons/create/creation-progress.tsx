import { useWords } from '../../i18n/index.ts';
import { StateIcon } from '../../ui/notice.tsx';
import type { CreationStep } from './create-salon.ts';

const STEPS = ['folder', 'room', 'confirm'] as const satisfies readonly CreationStep[];

/** The parts of the act: done, going on, to come. */
export function CreationProgress({
  step,
  withFolder,
}: {
  readonly step: CreationStep;
  readonly withFolder: boolean;
}) {
  const { t } = useWords();
  const steps = STEPS.filter((each) => withFolder || each === 'room');
  const at = steps.indexOf(step);
  return (
    <ol className="create-steps" aria-live="polite">
      {steps.map((each, index) => (
        <li key={each} className={index > at ? 'create-step create-step-later' : 'create-step'}>
          <StateIcon tone={index < at ? 'ok' : index === at ? 'busy' : 'wait'} />
          {t(`salons:create.step.${each}`)}
        </li>
      ))}
    </ol>
  );
}
