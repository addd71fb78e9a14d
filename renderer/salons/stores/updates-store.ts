import type { Begin, UpdateState } from '../../../preload/contract/updates.ts';
import type { AppBridge } from '../../bridge.ts';
import type { Phrase } from '../../i18n/index.ts';
import { Disposables } from '../../ui/disposables.ts';
import { type Readable, Store } from '../../ui/store.ts';
import type { Toasts } from '../../ui/toasts.tsx';
import type { ChatStore } from './chat-store.ts';
import type { Sending } from './transfers-store.ts';

interface Needs {
  readonly bridge: AppBridge['updates'];
  readonly chat: Pick<ChatStore, 'run' | 'list'>;
  readonly sendings: Readable<readonly Sending[]>;
  readonly toasts: Pick<Toasts, 'show'>;
}

/**
 * New versions of the program. While one is ready, main is told of what is not out yet, since that keeps the program from
 * being ended; the person is asked once, and may always put it off: it comes at the next start.
 */
export class UpdatesStore {
  /** Null until main said how it stands. */
  readonly state = new Store<UpdateState | null>(null);
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  #asked: string | null = null;

  constructor(needs: Needs) {
    this.#needs = needs;
    const report = (): void => void this.#report();
    this.#disposables.add(
      needs.bridge.on('changed', this.#take),
      needs.chat.list.subscribe(report),
      needs.sendings.subscribe(report),
    );
  }

  readonly load = async (): Promise<void> => {
    const outcome = await this.#needs.bridge.get();
    if (outcome.ok && this.state.get() === null) this.#take(outcome.value);
  };

  readonly look = (): void => void this.#needs.bridge.look();
  readonly fetch = (): void => void this.#needs.bridge.fetch();

  /** Ends the program for the new version, or says what stands in the way. */
  readonly install = async (): Promise<void> => {
    await this.#report();
    const outcome = await this.#needs.bridge.install();
    if (outcome.ok && outcome.value.outcome !== 'begun')
      this.#needs.toasts.show('info', WHY[outcome.value.outcome], 'updates');
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #take = (state: UpdateState): void => {
    this.state.set(state);
    if (state.status !== 'ready') return;
    void this.#report();
    if (this.#asked === state.version) return;
    this.#asked = state.version;
    this.#needs.toasts.show(
      'info',
      ({ t }) => t('settings:updates.ask', { version: state.version }),
      'updates',
      {
        label: ({ t }) => t('settings:updates.install'),
        act: () => void this.install(),
      },
    );
  };

  /** Asked only while it matters. A chat that does not answer knows of nothing that is out. */
  async #report(): Promise<void> {
    const { bridge, chat, sendings } = this.#needs;
    if (this.state.get()?.status !== 'ready') return;
    const messages = await chat.run('countUnsent', {});
    const unsent = sendings.get().length + (messages.ok ? messages.value.unsent : 0);
    if (messages.ok || messages.error.code === 'signed-out') await bridge.noteUnsent({ unsent });
  }
}

const WHY: Readonly<Record<Exclude<Begin['outcome'], 'begun'>, Phrase>> = {
  'in-call': ({ t }) => t('settings:updates.inCall'),
  unsent: ({ t }) => t('settings:updates.unsent'),
  'not-ready': ({ t }) => t('settings:updates.notReady'),
};
