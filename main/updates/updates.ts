import type { Handlers } from '../../preload/contract/index.ts';
import type { Begin, UpdateState } from '../../preload/contract/updates.ts';
import type { Log } from '../log/log.ts';
import type { PolicyValues } from '../policy/schema/table.ts';
import { feedOf, type Installed, isInWindow, isOutLongEnough, type Maker, type Where } from './rules.ts';
import { UpdateFailed, type UpdaterPort } from './updater-port.ts';

/** What updates are made from. */
export interface UpdateParts {
  /** Made at the first look: who never looks never loads it. */
  readonly updater: () => Promise<UpdaterPort>;
  readonly policy: () => PolicyValues;
  readonly brand: Maker;
  readonly installed: Installed;
  readonly isInCall: () => boolean;
  readonly tell: (state: UpdateState) => void;
  readonly now: () => Date;
  readonly log: Log;
}

/** How often it is asked whether it is time for something. */
export const TICK_MS = 5 * 60_000;
const LOOK_EVERY_MS = 6 * 3_600_000;

/**
 * Newer versions of the program: looked for, offered or fetched as the policy says, and put in place when it costs nobody
 * anything: never in a call, never while something of the person's is not out yet.
 */
export class Updates {
  readonly #parts: UpdateParts;
  #state: UpdateState = { status: 'current', lookedAt: null };
  #lookedAt = 0;
  /** Null until the page said so: then nothing is known, and nothing ends the program by itself. */
  #unsent: number | null = null;
  #running: Promise<void> | null = null;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  get state(): UpdateState {
    const { off } = this.#where();
    return off === undefined ? this.#state : { status: 'off', why: off };
  }

  /** Does what is due: called every TICK_MS, and after the start. */
  async tick(): Promise<void> {
    if (this.#where().off !== undefined) return this.#forget();
    const now = this.#parts.now().getTime();
    if (now - this.#lookedAt >= LOOK_EVERY_MS && this.#state.status !== 'ready') await this.look();
    if (this.#state.status === 'ready' && this.#mayBeginByItself()) await this.install();
  }

  /** Looks for a newer version, and fetches it where the policy wants that done by itself. */
  look(): Promise<void> {
    return this.#alone(async () => {
      const { feed } = this.#where();
      if (!feed) return;
      this.#say({ status: 'looking' });
      this.#lookedAt = this.#parts.now().getTime();
      const offer = await (await this.#parts.updater()).look(feed);
      const { updateDeferralDays: days, updateMode } = this.#parts.policy();
      if (!offer || !isOutLongEnough(offer.releasedAt, days, this.#lookedAt)) {
        this.#say({ status: 'current', lookedAt: this.#lookedAt });
        return;
      }
      this.#say({ status: 'offered', version: offer.version });
      if (updateMode === 'automatic') await this.#fetchNow(offer.version);
    });
  }

  /** Fetches what was offered. */
  fetch(): Promise<void> {
    return this.#alone(async () => {
      if (this.#state.status === 'offered') await this.#fetchNow(this.#state.version);
    });
  }

  /** Begins the new version, or says what stands in the way. */
  async install(): Promise<Begin['outcome']> {
    const { state } = this;
    if (state.status !== 'ready') return 'not-ready';
    if (this.#parts.isInCall()) return 'in-call';
    if (this.#unsent !== 0) return 'unsent';
    this.#parts.log.info('updates.install', { version: state.version });
    (await this.#parts.updater()).install();
    return 'begun';
  }

  /** Takes note of how much of the person's is not out yet. */
  noteUnsent(unsent: number): void {
    this.#unsent = unsent;
  }

  #where(): Where {
    const { policy, brand, installed } = this.#parts;
    return feedOf(policy(), brand, installed);
  }

  async #fetchNow(version: string): Promise<void> {
    const updater = await this.#parts.updater();
    this.#say({ status: 'fetching', version, percent: 0 });
    updater.installAtEnd(true);
    await updater.fetch((percent) =>
      this.#say({ status: 'fetching', version, percent: Math.min(100, percent) }),
    );
    this.#say({ status: 'ready', version });
  }

  /** Only where the policy names hours for it, in them, and when nothing is lost by it. */
  #mayBeginByItself(): boolean {
    const { updateMode, updateWindow } = this.#parts.policy();
    const now = this.#parts.now();
    return (
      updateMode === 'automatic' &&
      updateWindow !== null &&
      isInWindow(updateWindow, now.getHours() * 60 + now.getMinutes())
    );
  }

  /** What was fetched before it was decided otherwise is not put in place at the end. */
  async #forget(): Promise<void> {
    if (this.#state.status !== 'ready') return;
    (await this.#parts.updater()).installAtEnd(false);
    this.#state = { status: 'current', lookedAt: this.#lookedAt };
  }

  /** One thing at a time; what fails is said and changes nothing. */
  #alone(work: () => Promise<void>): Promise<void> {
    this.#running ??= work()
      .catch((error: unknown) => {
        this.#parts.log.warn('updates.failed', {}, error);
        this.#say({ status: 'failed', why: error instanceof UpdateFailed ? error.why : 'unreachable' });
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  #say(state: UpdateState): void {
    this.#state = state;
    this.#parts.tell(state);
  }
}

/** New versions, as the page asks for them. What takes long is told as it goes. */
export function updateHandlers(updates: Updates): Handlers<'updates'> {
  return {
    get: () => updates.state,
    look: () => void updates.look(),
    fetch: () => void updates.fetch(),
    install: async () => ({ outcome: await updates.install() }),
    noteUnsent: ({ unsent }) => updates.noteUnsent(unsent),
  };
}
