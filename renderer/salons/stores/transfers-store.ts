import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { Transfer } from '../../../preload/contract/files.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { Store } from '../../ui/store.ts';
import type { CommandOutcome } from './chat-port.ts';
import type { ChatStore } from './chat-store.ts';
import { mimeTypeOf } from './mime-type.ts';

/** A file on its way into a salon; `message` says whether the conversation knows of it. */
export interface Sending {
  readonly transfer: Transfer;
  readonly at: number;
  readonly message: 'later' | 'sending' | 'waiting' | 'refused';
}

/** A file of a salon's folder; `fileId` is the server's number of it. */
export interface FolderFile {
  readonly path: string;
  readonly size: number;
  readonly fileId: string | null;
}

/** The contract takes no more files in one request. */
const MOST_AT_ONCE = 200;

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
  /** What dropped and pasted files come from, until they are safe in the folder. */
  readonly #files = new Map<string, File>();
  /** Settled transfers: late news of them is no news. */
  readonly #gone = new Set<string>();
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
   * bytes. With a `folder` of the salon's they are put there and no message is sent of them. Answers what went wrong
   * first.
   */
  readonly addFiles = async (
    salonId: string,
    files: readonly File[],
    folder?: string,
  ): Promise<ContractError | null> => {
    const errors: (ContractError | null)[] = [];
    for (let from = 0; from < files.length; from += MOST_AT_ONCE)
      errors.push(await this.#addSome(salonId, files.slice(from, from + MOST_AT_ONCE), folder));
    return errors.find((error) => error !== null) ?? null;
  };

  /** Asks the person for files with the system's dialog. */
  readonly pick = async (salonId: string): Promise<ContractError | null> =>
    this.#started(await this.#bridge.files.pickFiles({ salonId }), []);

  readonly stop = async (transferId: string): Promise<ContractError | null> => {
    const outcome = await this.#bridge.files.stopTransfer({ transferId });
    return outcome.ok ? null : outcome.error;
  };

  /** The person saw that it failed: it leaves the conversation. */
  readonly letGo = (transferId: string): void => {
    void this.#bridge.files.settleTransfer({ transferId });
    this.#drop(transferId);
  };

  /** Whether a failed file can be put into the folder once more: only while the page that got it is there. */
  readonly canAddAgain = (transferId: string): boolean => this.#files.has(transferId);

  /** Puts a file that failed into the folder once more. Answers what went wrong. */
  readonly addAgain = async (transferId: string): Promise<ContractError | null> => {
    const file = this.#files.get(transferId);
    const transfer = this.#find(transferId)?.transfer;
    if (!file || !transfer) return null;
    const { salonId, path, quiet } = transfer;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const error = await this.addFiles(salonId, [file], quiet ? folder : undefined);
    if (!error) this.letGo(transferId);
    return error;
  };

  /** Tries once more to send the message of a file that lies in the folder. */
  readonly sendAgain = (transferId: string): void => {
    const sending = this.#find(transferId);
    if (sending?.transfer.step.step === 'done')
      void this.#announce(sending.transfer, sending.transfer.step.fileId);
  };

  readonly clear = (): void => {
    this.#files.clear();
    this.#gone.clear();
    this.sendings.set([]);
  };
  readonly dispose = (): void => this.#disposables.dispose();

  async #addSome(salonId: string, files: readonly File[], folder?: string): Promise<ContractError | null> {
    const offered = await this.#bridge.offer(files);
    const onDisk = files.flatMap((file, index) => {
      const token = offered[index] ?? null;
      return token === null ? [] : [{ file, token }];
    });
    const known = new Set(onDisk.map(({ file }) => file));
    const errors: (ContractError | null)[] = [];
    if (onDisk.length > 0) {
      const outcome = await this.#bridge.files.addFiles({
        salonId,
        files: onDisk.map(({ token }) => token),
        ...(folder === undefined ? {} : { folder }),
      });
      errors.push(this.#started(outcome, [...known]));
    }
    for (const file of files) if (!known.has(file)) errors.push(await this.#addBytes(salonId, file));
    return errors.find((error) => error !== null) ?? null;
  }

  async #addBytes(salonId: string, file: File): Promise<ContractError | null> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const outcome = await this.#bridge.files.addBytes({ salonId, name: file.name, bytes });
    return this.#started(outcome.ok ? { ok: true, value: [outcome.value] } : outcome, [file]);
  }

  /** Takes the transfers that main began, each with the file it comes from, and whose news may have come before. */
  #started(outcome: Outcome<readonly Transfer[]>, files: readonly File[]): ContractError | null {
    if (!outcome.ok) return outcome.error;
    for (const [index, transfer] of outcome.value.entries()) {
      const { transferId } = transfer;
      const file = files[index];
      if (file && outcome.value.length === files.length) this.#files.set(transferId, file);
      if (!this.#find(transferId)) this.#take(transfer);
    }
    return null;
  }

  #take(transfer: Transfer): void {
    const { transferId, step } = transfer;
    if (this.#gone.has(transferId)) return;
    if (step.step === 'stopped' || (step.step === 'done' && transfer.quiet)) return this.letGo(transferId);
    const known = this.#find(transferId);
    const sending: Sending = known ? { ...known, transfer } : { transfer, at: this.#now(), message: 'later' };
    this.sendings.update((all) =>
      known ? all.map((each) => (each === known ? sending : each)) : [...all, sending],
    );
    if (step.step === 'done' && sending.message === 'later') void this.#announce(transfer, step.fileId);
  }

  /** Sends the message of a file that is in the salon's folder on the server already. */
  readonly tell = (salonId: string, file: FolderFile): Promise<CommandOutcome<'sendFolderFile'>> =>
    this.#send(salonId, crypto.randomUUID(), file);

  #send(salonId: string, transactionId: string, file: FolderFile): Promise<CommandOutcome<'sendFolderFile'>> {
    const { path, size, fileId } = file;
    const server = this.#chat.salon(salonId)?.folder?.server;
    return this.#chat.run('sendFolderFile', {
      salonId,
      transactionId,
      path,
      fileId,
      size,
      mimeType: mimeTypeOf(path),
      link: server && fileId ? `${server}/index.php/f/${fileId}` : null,
    });
  }

  async #announce(transfer: Transfer, fileId: string): Promise<void> {
    const { transferId, salonId, path, size } = transfer;
    this.#mark(transferId, 'sending');
    const outcome = await this.#send(salonId, transferId, { path, size, fileId: fileId || null });
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
    this.#files.delete(transferId);
    this.#gone.add(transferId);
    this.sendings.update((all) => all.filter((each) => each.transfer.transferId !== transferId));
  }
}
