import { DecryptionKeyDoesNotMatchError } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { decodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/recovery-key.js';
import { z } from 'zod';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import type { Protection } from '../protocol.ts';
import { readAccountData, writeAccountData } from './account-data.ts';
import { type Proof, proving } from './interactive-auth.ts';
import type { CryptoMachine } from './machine.ts';

/**
 * Account data that says whether the code of the key in secret storage was kept: `{pending}` names a key whose code
 * was shown and not yet confirmed. Without it (Element made the key) the code counts as kept.
 */
const RECOVERY = 'fr.traboule.recovery';
const Recovery = z.object({ pending: z.string().nullish().catch(null) });
/** Whichever key there will be: said before it is made, so that a set-up cut off at any point counts as not done. */
const ANY_KEY = '*';
/** The secret that opens the backup of message keys (Client-Server API, Key backups). */
const BACKUP_KEY = 'm.megolm_backup.v1';
/** The newest backup (Client-Server API, GET /room_keys/version). */
const BACKUP = '/_matrix/client/v3/room_keys/version';

/** The shortest part of the code that is asked back. */
const SHORTEST_PART = 4;

interface Account {
  readonly userId: string;
  readonly http: ChatHttp;
  readonly machine: CryptoMachine;
}

/**
 * Sets encryption up in plain steps and tells how far it is.
 * A first device makes a code and has it kept; a second one takes it and reads the history.
 */
export class ProtectionKeeper {
  readonly #account: Account;
  readonly #post: (protection: Protection) => void;
  #shown: Protection['state'] | null = null;
  #code: string | null = null;

  constructor(account: Account, post: (protection: Protection) => void) {
    this.#account = account;
    this.#post = post;
  }

  /** Asks the server and tells the state. @throws ChatError when it can't be asked. */
  async check(): Promise<void> {
    if (this.#shown === null) this.#tell('checking');
    this.#tell(await this.#state());
  }

  async #state(): Promise<Protection['state']> {
    const { machine, http, userId } = this.#account;
    const { rust, secrets } = machine;
    if (!(await rust.userHasCrossSigningKeys(userId, true))) return 'needs-setup';
    const status = await rust.getCrossSigningStatus();
    const identity = await rust.getUserVerificationStatus(userId);
    const { masterKey, selfSigningKey, userSigningKey } = status.privateKeysCachedLocally;
    const defaultKey = await secrets.getDefaultKeyId();
    if (!identity.isVerified() || !masterKey || !selfSigningKey || !userSigningKey) {
      return defaultKey === null ? 'needs-setup' : 'needs-code';
    }
    if (defaultKey === null) return 'needs-setup';
    const recovery = Recovery.safeParse(await readAccountData(http, userId, RECOVERY));
    const pending = recovery.success ? recovery.data.pending : null;
    if (pending === defaultKey || pending === ANY_KEY) return 'needs-setup';
    return 'ready';
  }

  #tell(state: Protection['state']): void {
    if (state === this.#shown) return;
    this.#shown = state;
    this.#post({ state });
  }

  /**
   * Makes the keys that are missing and a new code for them. Not ready before `confirm`.
   * @param proof for servers that want to be sure whose keys they take.
   * @param lost the code of the other devices is lost: all keys are made anew, and they ask for the new code then.
   * @returns the code, in groups of four characters.
   * @throws ChatError `password-needed` or `approval-needed` when the server wants that and it is not there, or not right.
   */
  async createCode(proof: Proof, lost: boolean): Promise<string> {
    const { machine, http, userId } = this.#account;
    const { rust, secrets } = machine;
    if ((await this.#state()) === 'needs-code') {
      if (!lost) throw new ChatError('refused', 'another device has the code');
      await this.#replaceLostKeys(proof);
    } else if (!(await rust.isCrossSigningReady())) {
      await this.#replaceKeys(proof);
    }
    const key = await rust.createRecoveryKeyFromPassphrase();
    if (key.encodedPrivateKey === undefined) throw new ChatError('unknown', 'no code');
    const setupNewKeyBackup = await this.#lacksBackup();
    await writeAccountData(http, userId, RECOVERY, { pending: ANY_KEY });
    await rust.bootstrapSecretStorage({
      createSecretStorageKey: () => Promise.resolve(key),
      setupNewSecretStorage: true,
      setupNewKeyBackup,
    });
    await machine.backup.follow();
    const pending = await secrets.getDefaultKeyId();
    await writeAccountData(http, userId, RECOVERY, { pending });
    this.#code = key.encodedPrivateKey;
    await this.check();
    return key.encodedPrivateKey;
  }

  /** Whether the server has no backup that this device can open. @throws ChatError when it does not say. */
  async #lacksBackup(): Promise<boolean> {
    const { machine, http } = this.#account;
    const backup = await machine.rust.checkKeyBackupAndEnable();
    if (backup !== null) return !backup.trustInfo.matchesDecryptionKey;
    // The SDK answers the same where it could not ask: a backup that is only out of reach must not be replaced.
    const info = await http.json('GET', BACKUP).catch((error: unknown) => {
      if (error instanceof ChatError && error.code === 'not-found') return null;
      throw error;
    });
    if (info !== null) throw new ChatError('offline', 'no look at the backup');
    return true;
  }

  /** Keys that nobody can open any more (no code was ever kept) are replaced. */
  #replaceKeys(proof: Proof): Promise<void> {
    const { userId, machine } = this.#account;
    return machine.rust.bootstrapCrossSigning({
      setupNewCrossSigning: true,
      authUploadDeviceSigningKeys: proving(userId, proof),
    });
  }

  /** Cut off from here on, no device has a code: also where the new keys are there already, and the old code's storage still is. */
  async #replaceLostKeys(proof: Proof): Promise<void> {
    const { userId, machine, http } = this.#account;
    await machine.secrets.givenUp(async () => {
      await writeAccountData(http, userId, RECOVERY, { pending: ANY_KEY });
      await this.#replaceKeys(proof);
    });
  }

  /**
   * The person typed a part of the code (or all of it): it was kept.
   * @throws ChatError `wrong-code` when it is not part of the code shown last.
   */
  async confirm(typed: string): Promise<void> {
    const code = this.#code === null ? null : squeeze(this.#code);
    const part = squeeze(typed);
    if (code === null || part.length < SHORTEST_PART || !code.includes(part)) {
      throw new ChatError('wrong-code', 'not the code');
    }
    await writeAccountData(this.#account.http, this.#account.userId, RECOVERY, { pending: null });
    this.#forget();
    await this.check();
  }

  /**
   * Opens the history with the code that another device made.
   * @returns how many message keys came back.
   * @throws ChatError `wrong-code`
   */
  async useCode(typed: string): Promise<number> {
    const { machine, userId } = this.#account;
    const { rust, secrets } = machine;
    const key = decode(typed);
    const stored = await secrets.getKey();
    if (stored === null) throw new ChatError('not-found', 'no secret storage');
    const [keyId, info] = stored;
    if (!(await secrets.checkKey(key, info))) throw new ChatError('wrong-code', 'does not match');
    machine.secretKey.keyId = keyId;
    machine.secretKey.key = key;
    try {
      // The public keys must be known before the private ones are imported, else the import fails.
      await rust.userHasCrossSigningKeys(userId, true);
      // First the history's key: once the device is the person's own it counts as ready, also when cut off here.
      const isBackedUp = await this.#loadBackupKey();
      await rust.bootstrapCrossSigning({});
      await this.#writeConfirmed();
      const restored = isBackedUp ? await this.#restoreBackup() : 0;
      await this.check();
      return restored;
    } finally {
      this.#forget();
    }
  }

  /** @returns whether there is a backup that the code opens: another client may have made one with a key of its own. */
  async #loadBackupKey(): Promise<boolean> {
    const { rust, secrets } = this.#account.machine;
    // Asked anew: what was known is from the start, maybe before the other device made it.
    await rust.checkKeyBackupAndEnable();
    if ((await rust.getKeyBackupInfo()) === null || (await secrets.isStored(BACKUP_KEY)) === null)
      return false;
    try {
      await rust.loadSessionBackupPrivateKeyFromSecretStorage();
    } catch (error) {
      if (error instanceof DecryptionKeyDoesNotMatchError) return false;
      throw error;
    }
    return true;
  }

  async #restoreBackup(): Promise<number> {
    const { rust, backup } = this.#account.machine;
    await backup.follow();
    return (await rust.restoreKeyBackup()).imported;
  }

  /** Who could type the code has kept it. */
  async #writeConfirmed(): Promise<void> {
    const { http, userId } = this.#account;
    const recovery = Recovery.safeParse(await readAccountData(http, userId, RECOVERY));
    if (recovery.success && typeof recovery.data.pending === 'string') {
      await writeAccountData(http, userId, RECOVERY, { pending: null });
    }
  }

  #forget(): void {
    this.#code = null;
    this.#account.machine.secretKey.key = null;
  }
}

function squeeze(code: string): string {
  return code.replaceAll(/\s+/g, '');
}

function decode(typed: string): Uint8Array<ArrayBuffer> {
  try {
    return decodeRecoveryKey(squeeze(typed));
  } catch (cause) {
    throw new ChatError('wrong-code', 'not a code', { cause });
  }
}
