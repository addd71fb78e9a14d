import type { CheckId } from '../../../preload/contract/diagnostics.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ArrowsClockwiseIcon, XIcon } from '../../ui/icons.ts';
import { StateIcon, type Tone } from '../../ui/notice.tsx';
import { Row } from '../section.tsx';
import type { CheckState } from './diagnosis.ts';
import { findingWords, stateWord } from './finding-words.ts';
import { type Remedy, remediesOf } from './remedies.ts';
import { useRemedy } from './use-remedy.ts';

interface Props {
  readonly check: CheckId;
  readonly state: CheckState;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

/** One check: how it stands, what it found, and what can be done. */
export function CheckRow({ check, state, onRun, onStop }: Props) {
  const words = useWords();
  const { t } = words;
  const name = t(`diagnostics:check.${check}`);
  const found = state.at === 'done' ? findingWords(state.finding, words) : null;
  return (
    <Row
      icon={<StateIcon tone={toneOf(state)} size={22} />}
      title={
        <>
          {name} <span className="check-state">{stateWord(state, words)}</span>
        </>
      }
      hint={
        found && (
          <>
            <p className="check-found">{found.title}</p>
            <p className="settings-path">{found.text}</p>
          </>
        )
      }
      actions={
        <>
          {state.at === 'done' && <Remedies state={state} />}
          {state.at === 'running' ? (
            <IconButton icon={XIcon} label={t('diagnostics:stopOne', { name })} onPress={onStop} />
          ) : (
            <IconButton
              icon={ArrowsClockwiseIcon}
              label={t('diagnostics:retryOne', { name })}
              onPress={onRun}
            />
          )}
        </>
      }
    />
  );
}

function Remedies({ state: { finding } }: { readonly state: Extract<CheckState, { at: 'done' }> }) {
  const { t } = useWords();
  const { offers, take } = useRemedy();
  return remediesOf(finding.code, offers).map((remedy) => (
    <Button key={remedy.act} onPress={() => take(remedy)}>
      {t(`diagnostics:act.${nameOf(remedy)}`)}
    </Button>
  ));
}

function nameOf(remedy: Remedy) {
  return remedy.act === 'sign-in' ? (`sign-in-${remedy.goal}` as const) : remedy.act;
}

function toneOf(state: CheckState): Tone {
  switch (state.at) {
    case 'waiting':
    case 'stopped':
      return 'wait';
    case 'running':
      return 'busy';
    case 'done':
      return ({ ok: 'ok', watch: 'warn', broken: 'bad' } as const)[state.severity];
  }
}
