import type { CheckId, Finding } from '../../../preload/contract/diagnostics.ts';
import { CHECKS, FINDINGS } from '../../../preload/contract/findings.ts';
import type { AppBridge } from '../../bridge.ts';
import { Store } from '../../ui/store.ts';

/** How bad a finding is. */
export type Severity = keyof typeof FINDINGS;

/** Where a check stands. */
export type CheckState =
  | { readonly at: 'waiting' }
  | { readonly at: 'running' }
  | { readonly at: 'stopped' }
  | { readonly at: 'done'; readonly severity: Severity; readonly finding: Finding };

export type AllStates = Readonly<Record<CheckId, CheckState>>;

/** What a diagnosis works with. */
interface Needs {
  readonly bridge: Pick<AppBridge['diagnostics'], 'check' | 'stop'>;
  /** How many microphones or cameras the page sees. */
  readonly countDevices: (check: CheckId) => Promise<number | null>;
}

/** The checks of one visit to the page. */
export class Diagnosis {
  readonly states = new Store<AllStates>(allOf(() => ({ at: 'waiting' })));
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Runs all, beside each other; resolves when each has ended. */
  readonly runAll = async (): Promise<void> => {
    await Promise.all(CHECKS.map(this.run));
  };

  /** Runs one, from its beginning. */
  readonly run = async (check: CheckId): Promise<void> => {
    const running: CheckState = { at: 'running' };
    this.#set(check, running);
    const devices = await this.#needs.countDevices(check);
    const outcome = await this.#needs.bridge.check({ check, devices });
    if (this.states.get()[check] !== running) return; // it was stopped or begun again meanwhile
    if (outcome.ok) this.#set(check, done(outcome.value));
    else if (outcome.error.code === 'cancelled') this.#set(check, { at: 'stopped' });
    else this.#set(check, done({ code: 'failed', facts: {} }));
  };

  /** Ends one that runs. */
  readonly stop = (check: CheckId): void => {
    if (this.states.get()[check].at !== 'running') return;
    this.#set(check, { at: 'stopped' });
    void this.#needs.bridge.stop({ check });
  };

  /** Ends all that run: the person stopped them or left the page. */
  readonly stopAll = (): void => CHECKS.forEach(this.stop);

  #set(check: CheckId, state: CheckState): void {
    this.states.update((states) => ({ ...states, [check]: state }));
  }
}

/** How many checks have ended, and how many of them found something. */
export function tally(states: AllStates): Readonly<Record<Severity | 'running' | 'ended', number>> {
  const all = CHECKS.map((check) => states[check]);
  const found = (severity: Severity) =>
    all.filter((state) => state.at === 'done' && state.severity === severity).length;
  return {
    ok: found('ok'),
    watch: found('watch'),
    broken: found('broken'),
    running: all.filter(({ at }) => at === 'running').length,
    ended: all.filter(({ at }) => at === 'done' || at === 'stopped').length,
  };
}

function done(finding: Finding): CheckState {
  return { at: 'done', severity: severityOf(finding), finding };
}

function severityOf({ code }: Finding): Severity {
  const isOf = (codes: readonly string[]) => codes.includes(code);
  if (isOf(FINDINGS.ok)) return 'ok';
  return isOf(FINDINGS.watch) ? 'watch' : 'broken';
}

function allOf(state: () => CheckState): AllStates {
  return {
    chat: state(),
    files: state(),
    calls: state(),
    microphone: state(),
    camera: state(),
    proxy: state(),
    clock: state(),
    disk: state(),
    policy: state(),
    versions: state(),
  };
}
