import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { Transfer } from '../../../preload/contract/files.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { Store } from '../../ui/store.ts';
import type { ChatStore } from './chat-store.ts';
import { mimeTypeOf } from './mime-type.ts';

/** A file on its way into a salon; `message` says whether the conversation knows of it. */
export interface Sending {
  readonly transfer: Transfer;
  readonly at: number;
  readonly message: 'later' | 'sending' | 'waiting' | 'refused';
}

/**
 * Dropped, pasted and picked files on their way. When one is in the salon's folder on the server, its message is
 * sent and main is told to forget the transfer; a message that could not leave is sent when the chat is back, also
 * after a restart, and always with the transfer's own id, so that two tries make one message.
 */
export class TransfersStore {
  readonly sendings = new Store<readonly Sending[]>([]);
  readonly #bridge: Pick<AppBridge, 'files' | 'offer'>;
  readonly #chat: ChatStore;
  readonly #now: () => number;
  readonly #disposables = new Disposables();

  constructor(bridge: Pick<AppBridge, 'files' | 'offer'>, chat: ChatStore, now: () => number) {
    this.#bridge = bridge;
    this.#chat = chat;
    this.#now = now;
    this.#disposables.add(
      bridge.files.on('transfer', (transfer) => this.#take(transfer)),
      chat.list.subscribe(this.#sendWaiting),
    );
  }

  /** Asks main for what the last run left. */
  readonly load = async (): Promise<void> => {
    const outcome = await this.#bridge.files.transfers();
    if (outcome.ok) for (const transfer of outcome.value) this.#take(transfer);
  };

  /**
   * Puts dropped or pasted files into a salon's folder. What lies on no disk (a picture from the clipboard) goes as
   * bytes. Answers what went wrong first.
   */
  readonly addFiles = async (salonId: string, files: readonly File[]): Promise<ContractError | null> => {
    const tokens = await this.#bridge.offer(files);
    const onDisk = tokens.filter((token) => token !== null);
    const loose = files.filter((_, index) => (tokens[index] ?? null) === null);
    const errors: (ContractError | null)[] = [];
    if (onDisk.length > 0)
      errors.push(this.#started(await this.#bridge.files.addFiles({ salonId, files: onDisk })));
    for (const file of loose) errors.push(await this.#addBytes(salonId, file));
    return errors.find((error) => error !== null) ?? null;
  };

  /** Asks the person for files with the system's dialog. */
  readonly pick = async (salonId: string): Promise<ContractError | null> =>
    this.#started(await this.#bridge.files.pickFiles({ salonId }));

  readonly stop = async (transferId: string): Promise<ContractError | null> => {
    const outcome = await this.#bridge.files.stopTransfer({ transferId });
    return outcome.ok ? null : outcome.error;
  };

  /** The person saw that it failed: it leaves the conversation. */
  readonly letGo = (transferId: string): void => {
    void this.#bridge.files.settleTransfer({ transferId });
    this.#drop(transferId);
  };

  /** Tries once more to send the message of a file that lies in the folder. */
  readonly sendAgain = (transferId: string): void => {
    const sending = this.#find(transferId);
    if (sending?.transfer.step.step === 'done')
      void this.#announce(sending.transfer, sending.transfer.step.fileId);
  };

  readonly clear = (): void => this.sendings.set([]);
  readonly dispose = (): void => this.#disposables.dispose();

  async #addBytes(salonId: string, file: File): Promise<ContractError | null> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const outcome = await this.#bridge.files.addBytes({ salonId, name: file.name, bytes });
    return this.#started(outcome.ok ? { ok: true, value: [outcome.value] } : outcome);
  }

  #started(outcome: Outcome<readonly Transfer[]>): ContractError | null {
    if (!outcome.ok) return outcome.error;
    for (const transfer of outcome.value) if (!this.#find(transfer.transferId)) this.#take(transfer);
    return null;
  }

  #take(transfer: Transfer): void {
    if (transfer.step.step === 'stopped') return this.letGo(transfer.transferId);
    const known = this.#find(transfer.transferId);
    const sending: Sending = known ? { ...known, transfer } : { transfer, at: this.#now(), message: 'later' };
    this.sendings.update((all) =>
      known ? all.map((each) => (each === known ? sending : each)) : [...all, sending],
    );
    if (transfer.step.step === 'done' && sending.message === 'later')
      void this.#announce(transfer, transfer.step.fileId);
  }

  async #announce(transfer: Transfer, fileId: string): Promise<void> {
    const { transferId, salonId, path, size } = transfer;
    this.#mark(transferId, 'sending');
    const server = this.#chat.salon(salonId)?.folder?.server;
    const outcome = await this.#chat.run('sendFolderFile', {
      salonId,
      transactionId: transferId,
      path,
      fileId: fileId || null,
      size,
      mimeType: mimeTypeOf(path),
      link: server && fileId ? `${server}/index.php/f/${fileId}` : null,
    });
    if (outcome.ok) this.letGo(transferId);
    else this.#mark(transferId, outcome.error.code === 'offline' ? 'waiting' : 'refused');
  }

  readonly #sendWaiting = (): void => {
    if (this.#chat.list.get()?.connection !== 'live') return;
    for (const { message, transfer } of this.sendings.get())
      if (message === 'waiting') this.sendAgain(transfer.transferId);
  };

  #find(transferId: string): Sending | undefined {
    return this.sendings.get().find((sending) => sending.transfer.transferId === transferId);
  }

  #mark(transferId: string, message: Sending['message']): void {
    this.sendings.update((all) =>
      all.map((each) => (each.transfer.transferId === transferId ? { ...each, message } : each)),
    );
  }

  #drop(transferId: string): void {
    this.sendings.update((all) => all.filter((each) => each.transfer.transferId !== transferId));
  }
}
