import type { RustCrypto } from 'matrix-js-sdk/lib/rust-crypto/rust-crypto.js';

/** What the SDK keeps to itself of its backup. */
interface Inside {
  readonly olmMachine: {
    readonly getBackupKeys: () => Promise<{ readonly backupVersion?: string | undefined }>;
    readonly disableBackup: () => Promise<void>;
  };
  readonly backupManager: { deleteAllKeyBackupVersions: () => Promise<void> };
}

/** The backup of message keys on the server: no key that this device knows is missing there, and none that was there is deleted. */
export class KeyBackup {
  readonly #rust: RustCrypto;
  readonly #inside: Inside;
  /** The backup in which the keys are that the store takes for backed up; null before there is one. */
  #version: string | null;

  private constructor(rust: RustCrypto, inside: Inside, version: string | null) {
    this.#rust = rust;
    this.#inside = inside;
    this.#version = version;
  }

  /**
   * For a machine that was just opened, before it hears of any other backup. Older backups stay where they are from now on: the SDK
   * deletes them before the new one is even there, and with them what a code that turns up again, or another client, could read.
   */
  static async open(rust: RustCrypto): Promise<KeyBackup> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK has no other way to either
    const inside = rust as unknown as Inside;
    inside.backupManager.deleteAllKeyBackupVersions = () => Promise.resolve();
    return new KeyBackup(rust, inside, (await inside.olmMachine.getBackupKeys()).backupVersion ?? null);
  }

  /**
   * Asks the server which backup there is and puts the keys there; all of them, where it is another than before. The SDK does
   * that only if it was running when the one took the other's place: its store remembers that a key is in a backup, not in which.
   */
  async follow(): Promise<void> {
    await this.#rust.checkKeyBackupAndEnable();
    const version = await this.#rust.getActiveSessionBackupVersion();
    if (version === null) return;
    if (this.#version !== null && this.#version !== version) {
      await this.#inside.olmMachine.disableBackup();
      await this.#rust.checkKeyBackupAndEnable();
    }
    this.#version = version;
  }
}
