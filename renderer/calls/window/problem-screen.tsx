import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import type { CallModel } from './call-model.ts';
import type { Problem } from './conference.ts';
import { WarningIcon } from './icons.ts';
import { useCallWords } from './words.ts';

/** Where it makes sense to try again, and whether that is a first entry or a return. */
const AGAIN: Readonly<Record<Problem, 'retry' | 'rejoin' | null>> = {
  unreachable: 'retry',
  certificate: 'retry',
  'not-a-server': null,
  refused: 'retry',
  lost: 'rejoin',
  removed: null,
  over: null,
  internal: 'retry',
};
/** Problems that the person's IT support must know about. */
const TECHNICAL: ReadonlySet<Problem> = new Set(['unreachable', 'certificate', 'not-a-server', 'internal']);

interface Props {
  readonly model: CallModel;
  readonly problem: Problem;
}

/** Why there is no call: what happened, what is kept, what to do, and the one button that does it. */
export function ProblemScreen({ model, problem }: Props) {
  const t = useCallWords();
  const again = AGAIN[problem];
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className="problem" role="alert" data-region>
      <WarningIcon size={40} weight="fill" className="problem-icon" aria-hidden />
      <h2>{t(`problem.${problem}.title`)}</h2>
      <p>{t(`problem.${problem}.text`)}</p>
      {TECHNICAL.has(problem) && (
        <p className="problem-details">
          {t('problem.server', { domain: model.context.domain })}
          <br />
          {t('problem.code', { code: `call.${problem}` })}
        </p>
      )}
      <div className="problem-acts">
        {again && (
          <Button tone="primary" large ref={first} onPress={model.retry}>
            {again === 'retry' ? t('common:retry') : t('problem.rejoin')}
          </Button>
        )}
        <Button large {...(again ? {} : { ref: first })} onPress={model.leave}>
          {t('common:close')}
        </Button>
      </div>
    </div>
  );
}
