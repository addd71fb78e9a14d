import type { Finding } from '../../../preload/contract/diagnostics.ts';
import { CHECKS } from '../../../preload/contract/findings.ts';
import type { Words } from '../../i18n/index.ts';
import type { AllStates, CheckState } from './diagnosis.ts';

/** A finding in words: what it is, and what it means or what to do. */
export function findingWords(
  { code, facts }: Finding,
  { t, format }: Words,
): { title: string; text: string } {
  const { bytes } = facts;
  const values = { ...facts, ...(typeof bytes === 'number' ? { size: format.size(bytes) } : {}) };
  return {
    title: t(`diagnostics:found.${code}.title`, values),
    text: t(`diagnostics:found.${code}.text`, values),
  };
}

/** How a check stands, in a word or two. */
export function stateWord(state: CheckState, { t }: Words): string {
  return t(`diagnostics:state.${state.at === 'done' ? state.severity : state.at}`);
}

/** All checks as lines of text, to be pasted into a mail. */
export function summary(states: AllStates, words: Words): string {
  return CHECKS.map((check) => {
    const state = states[check];
    const name = words.t(`diagnostics:check.${check}`);
    const head = words.t('diagnostics:line', { name, state: stateWord(state, words) });
    if (state.at !== 'done') return head;
    const { title, text } = findingWords(state.finding, words);
    return `${head}. ${title}. ${text}`;
  }).join('\n');
}
