import type { Outcome } from '../../../preload/contract/channel.ts';
import type { Download, DownloadsView } from '../../../preload/contract/downloads.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { Store } from '../../ui/store.ts';
import type { Toasts } from '../../ui/toasts.tsx';
import { lastPart } from '../last-part.ts';
import { showError } from '../use-attempt.ts';
import type { Navigation } from './navigation.ts';

interface Needs {
  readonly bridge: AppBridge['downloads'];
  readonly toasts: Toasts;
  readonly navigation: Pick<Navigation, 'ask' | 'place'>;
}

/** What was downloaded since the program started. The end of each is said once, with the way to the file. */
export class DownloadsStore {
  /** Null until main answered. */
  readonly view = new Store<DownloadsView | null>(null);
  readonly #needs: Needs;
  readonly #disposables = new Disposables();

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#disposables.add(needs.bridge.on('changed', this.#take));
  }

  readonly load = async (): Promise<void> => {
    const outcome = await this.#needs.bridge.view();
    if (outcome.ok && this.view.get() === null) this.view.set(outcome.value);
  };

  readonly stop = (id: string): Promise<void> => this.#act(this.#needs.bridge.stop({ id }));
  readonly goOn = (id: string): Promise<void> => this.#act(this.#needs.bridge.goOn({ id }));
  readonly reveal = (id: string): Promise<void> => this.#act(this.#needs.bridge.reveal({ id }));
  readonly forget = (id: string): Promise<void> => this.#act(this.#needs.bridge.forget({ id }));
  readonly forgetEnded = (): Promise<void> => this.#act(this.#needs.bridge.forgetEnded());
  readonly chooseFolder = (): Promise<void> => this.#act(this.#needs.bridge.chooseFolder());

  readonly dispose = (): void => this.#disposables.dispose();

  async #act(act: Promise<Outcome<unknown>>): Promise<void> {
    const outcome = await act;
    if (!outcome.ok) showError(this.#needs.toasts, { from: 'main', error: outcome.error });
  }

  readonly #take = (view: DownloadsView): void => {
    const before = this.view.get()?.downloads ?? [];
    this.view.update((last) => reuse(last, view));
    // Who looks at the list sees it there.
    if (this.#needs.navigation.place.get().dialog?.kind === 'downloads') return;
    for (const download of view.downloads) {
      const known = before.find(({ id }) => id === download.id);
      if (known?.state.step !== download.state.step) this.#tellEnd(download);
    }
  };

  #tellEnd({ id, name, folder, state }: Download): void {
    const { toasts, navigation } = this.#needs;
    if (state.step === 'done')
      toasts.show(
        state.isElsewhere ? 'warn' : 'ok',
        ({ t }) =>
          state.isElsewhere
            ? t('downloads:savedElsewhere', { name, folder: lastPart(folder) })
            : t('downloads:saved', { name }),
        `download ${id}`,
        { label: ({ t }) => t('downloads:reveal'), act: () => void this.reveal(id) },
      );
    if (state.step === 'failed')
      toasts.show(
        'bad',
        ({ t }) => t(state.problem === 'not-placed' ? 'downloads:notPlaced' : 'downloads:notSaved', { name }),
        `download ${id}`,
        { label: ({ t }) => t('downloads:why'), act: () => navigation.ask({ kind: 'downloads' }) },
      );
  }
}
