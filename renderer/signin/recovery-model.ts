import type { Approval } from '../../preload/contract/accounts.ts';
import type { Outcome } from '../../preload/contract/channel.ts';
import type { CommandError } from '../matrix/protocol.ts';
import type { CommandOutcome } from '../salons/stores/chat-port.ts';
import type { ChatStore } from '../salons/stores/chat-store.ts';
import type { CodeProof, RecoveryNeed } from '../salons/stores/session.ts';
import { Store } from '../ui/store.ts';
import {
  beginRecovery,
  groupsOf,
  isKept,
  nextRecovery,
  type RecoveryEvent,
  type RecoveryState,
} from './recovery-state.ts';

interface Needs {
  readonly need: RecoveryNeed;
  readonly run: ChatStore['run'];
  /** Makes the code, with what the person answered the server. */
  readonly createCode: (proof: CodeProof) => Promise<CommandOutcome<'createRecoveryCode'>>;
  /** Opens the page in the system's browser on which the server asks. */
  readonly approve: (approval: Approval) => Promise<Outcome<void>>;
  /** A number from 0 up to 1, to choose the group that is asked back. */
  readonly random: () => number;
}

/** Carries the page of the recovery code out. */
export class RecoveryModel {
  readonly state: Store<RecoveryState>;
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.state = new Store(beginRecovery(needs.need));
  }

  /** Makes a code, with what the person was asked for. */
  readonly create = async (proof: CodeProof = {}): Promise<void> => {
    const { busy, need } = this.state.get();
    if (busy) return;
    this.#happen({ type: 'asked' });
    const lost = need === 'needs-code';
    const made = await this.#needs.createCode(lost ? { ...proof, lost } : proof);
    this.#happen(made.ok ? { type: 'made', code: made.value.code } : { type: 'failed', error: made.error });
  };

  /** Opens the page in the browser on which the server asks for the person's approval, also once more. */
  readonly openPage = async (): Promise<void> => {
    const { screen } = this.state.get();
    if (screen.at !== 'browser') return;
    const opened = await this.#needs.approve(screen.approval);
    this.#happen(opened.ok ? { type: 'page-opened' } : { type: 'failed', error: NO_PAGE });
  };

  /** The person says that they approved it there. */
  readonly approved = async (): Promise<void> => {
    const { screen } = this.state.get();
    if (screen.at === 'browser') await this.create({ approved: screen.approval.session });
  };

  /** The person says they kept it: one of its groups is asked back. */
  readonly noted = (): void => {
    const { screen } = this.state.get();
    if (screen.at !== 'shown') return;
    const count = groupsOf(screen.code).length;
    this.#happen({ type: 'noted', group: 1 + Math.min(count - 1, Math.floor(this.#needs.random() * count)) });
  };

  readonly lookAgain = (): void => this.#happen({ type: 'look-again' });
  readonly lost = (): void => this.#happen({ type: 'lost' });
  readonly foundAgain = (): void => this.#happen({ type: 'found-again' });

  /** Compares what was typed back, and tells the chat that the code was kept. */
  readonly confirm = async (typed: string): Promise<void> => {
    const { screen, busy } = this.state.get();
    if (screen.at !== 'check' || busy) return;
    if (!isKept(screen.code, screen.group, typed)) return this.#happen({ type: 'failed', error: NOT_IT });
    this.#happen({ type: 'asked' });
    const confirmed = await this.#needs.run('confirmRecoveryCode', { code: screen.code });
    this.#happen(confirmed.ok ? { type: 'kept' } : { type: 'failed', error: confirmed.error });
  };

  /** Opens the history with the code of another device. */
  readonly restore = async (code: string): Promise<void> => {
    if (this.state.get().busy) return;
    if (code.trim() === '') return this.#happen({ type: 'failed', error: NOT_IT });
    this.#happen({ type: 'asked' });
    const used = await this.#needs.run('useRecoveryCode', { code });
    this.#happen(used.ok ? { type: 'restored' } : { type: 'failed', error: used.error });
  };

  readonly #happen = (event: RecoveryEvent): void => this.state.update((state) => nextRecovery(state, event));
}

const NO_PAGE: CommandError = { code: 'unknown', detail: 'no page opened' };
const NOT_IT: CommandError = { code: 'wrong-code', detail: 'typed back' };
