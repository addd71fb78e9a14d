import type { ContractError } from '../../../preload/contract/channel.ts';
import type { SettingsChange, SettingsView } from '../../../preload/contract/settings.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { Store } from '../../ui/store.ts';

/** The person's settings and which of them someone else decided. */
export class PreferencesStore {
  readonly view: Store<SettingsView>;
  readonly #settings: AppBridge['settings'];
  readonly #disposables = new Disposables();

  constructor(settings: AppBridge['settings'], initial: SettingsView) {
    this.#settings = settings;
    this.view = new Store(initial);
    this.#disposables.add(settings.on('changed', this.#take));
  }

  /** Changes some values; answers what went wrong. */
  readonly change = async (values: SettingsChange): Promise<ContractError | null> => {
    const outcome = await this.#settings.change(values);
    if (!outcome.ok) return outcome.error;
    this.#take(outcome.value);
    return null;
  };

  /** Whether nothing may ring or notify at this time. */
  readonly doNotDisturb = (now: number): boolean => {
    const until = this.view.get().values.doNotDisturbUntil;
    return until !== null && until > now;
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #take = (view: SettingsView): void => this.view.update((last) => reuse(last, view));
}
