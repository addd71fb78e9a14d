import type { PendingCreation } from '../../../preload/contract/salons.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { Store } from '../../ui/store.ts';
import {
  type Creation,
  type CreationPorts,
  type CreationStep,
  createSalon,
  type NewSalon,
  resumeCreation,
} from '../create/create-salon.ts';
import type { ChatStore } from './chat-store.ts';

/** How far the creation that runs is, and how the last one ended. */
export type CreationState =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly step: CreationStep }
  | { readonly is: 'ended'; readonly creation: Creation };

/** Salons being made: one at a time by the person, and those that were cut off, settled once the chat is there. */
export class CreationsStore {
  readonly state = new Store<CreationState>({ is: 'idle' });
  readonly #ports: CreationPorts;
  readonly #salons: AppBridge['salons'];
  readonly #chat: ChatStore;
  readonly #disposables = new Disposables();
  #own: string | null = null;
  #waiting: readonly PendingCreation[] = [];
  #resuming = false;

  constructor(salons: AppBridge['salons'], chat: ChatStore) {
    this.#ports = { salons, run: chat.run };
    this.#salons = salons;
    this.#chat = chat;
    this.#disposables.add(
      salons.on('pendingChanged', this.#take),
      chat.list.subscribe(() => void this.#resume()),
    );
  }

  /** Asks main what an earlier run left. */
  readonly load = async (): Promise<void> => {
    const pending = await this.#salons.pending();
    if (pending.ok) this.#take(pending.value);
  };

  readonly create = async (plan: NewSalon): Promise<Creation> => {
    this.#own = plan.creationId;
    this.state.set({ is: 'running', step: plan.withFolder ? 'folder' : 'room' });
    const creation = await createSalon(plan, this.#ports, (step) => this.state.set({ is: 'running', step }));
    this.#own = null;
    this.state.set({ is: 'ended', creation });
    return creation;
  };

  /** The dialog is closed or starts over. */
  readonly reset = (): void => {
    if (this.state.get().is === 'ended') this.state.set({ is: 'idle' });
  };

  readonly clear = (): void => {
    this.#waiting = [];
    this.state.set({ is: 'idle' });
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #take = (pending: readonly PendingCreation[]): void => {
    this.#waiting = pending;
    void this.#resume();
  };

  async #resume(): Promise<void> {
    if (this.#resuming || this.#waiting.length === 0 || this.#chat.list.get()?.connection !== 'live') return;
    this.#resuming = true;
    const waiting = this.#waiting.filter(({ creationId }) => creationId !== this.#own);
    const left: PendingCreation[] = [];
    for (const pending of waiting) if (!(await resumeCreation(pending, this.#ports))) left.push(pending);
    this.#waiting = left;
    this.#resuming = false;
  }
}
