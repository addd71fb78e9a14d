import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AccountState } from '../../preload/contract/accounts.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptFile } from '../store/kept.ts';
import { AccountBook, EMPTY_BOOK } from './account.ts';
import { type AccountParts, Accounts } from './accounts.ts';
import { type Cipher, createSecretStore } from './secret-store.ts';
import { type Answers, serveAnswers } from './testing.ts';

/** A key store whose key can be lost. */
class TestCipher implements Cipher {
  key = 7;
  isStale = false;
  readonly seal = (text: string) => Promise.resolve(Buffer.from(text).map((byte) => byte ^ this.key));
  readonly open = (sealed: Uint8Array) =>
    Promise.resolve({
      text: Buffer.from(sealed.map((byte) => byte ^ this.key)).toString(),
      isStale: this.isStale,
    });
}

/** Never aborted. */
export const never = new AbortController().signal;

/** A chat server that takes the password `right` and the token `token-of-NAME` from anybody, and a profile to open accounts on; for tests. */
export class AccountsRig {
  readonly folder: string;
  readonly cipher = new TestCipher();
  readonly logins: { user: string; device: string | undefined }[] = [];
  readonly revoked: string[] = [];
  /** Names of the stores of which conferences and services forgot what they kept. */
  readonly forgotten: string[] = [];
  readonly wiped = vi.fn<() => Promise<void>>(() => Promise.resolve());
  #chat: Awaited<ReturnType<typeof serveAnswers>> | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async start(): Promise<AccountsRig> {
    const rig = new AccountsRig(await mkdtemp(join(tmpdir(), 'accounts-')));
    rig.#chat = await serveAnswers(rig.#matrix());
    return rig;
  }

  get chatUrl(): string {
    return this.#chat?.url ?? '';
  }

  async stopChat(): Promise<void> {
    await this.#chat?.close();
  }

  async end(): Promise<void> {
    await this.stopChat();
    await rm(this.folder, { recursive: true });
  }

  /** The accounts of a program that starts on the profile. */
  async open(
    over: { cipher?: Cipher | null; fallback?: 'memory' | 'file'; parts?: Partial<AccountParts> } = {},
  ): Promise<Accounts> {
    const cipher = over.cipher === undefined ? this.cipher : over.cipher;
    const secrets = join(this.folder, 'secrets');
    return Accounts.open({
      http: createHttp(fetch),
      secrets: createSecretStore(secrets, cipher, over.fallback ?? 'memory', silentLog),
      book: await keptFile(join(this.folder, 'accounts.json'), AccountBook, EMPTY_BOOK, silentLog),
      known: { policy: {}, brand: { chat: null, files: null } },
      mayAdd: () => true,
      deviceName: 'Traboule, PC de Camille',
      wipePage: this.wiped,
      wipeVisited: async (stores) => void this.forgotten.push(stores),
      log: silentLog,
      ...over.parts,
    });
  }

  async signIn(accounts: Accounts, user = 'camille', password = 'right'): Promise<AccountState> {
    const proof = { by: 'password', user, password } as const;
    return (await accounts.signInChat({ serverUrl: this.chatUrl, proof }, never)).account;
  }

  /** All that is written on the profile, for who looks for secrets in it. */
  async textOnDisk(): Promise<string> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
    );
    return texts.join('\n');
  }

  #matrix(): Answers {
    return {
      'POST /_matrix/client/v3/login': (_request, body) => {
        const { type, token, device_id: device, ...typed } = JSON.parse(body);
        const isToken = type === 'm.login.token';
        const identifier = isToken ? { user: String(token).replace(/^token-of-/, '') } : typed.identifier;
        const password =
          isToken && !String(token).startsWith('token-of-') ? 'worn out' : (typed.password ?? 'right');
        if (password === 'slow down')
          return { status: 429, json: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 4200 } };
        if (password === 'gone') return { status: 403, json: { errcode: 'M_USER_DEACTIVATED' } };
        if (password === 'page') return { status: 200, html: '<html>' };
        if (password === 'strange')
          return { json: { user_id: 'camille', device_id: '', access_token: 'x'.repeat(5000) } };
        if (password !== 'right') return { status: 403, json: { errcode: 'M_FORBIDDEN' } };
        this.logins.push({ user: identifier.user, device });
        const device_id = device ?? `DEVICE${this.logins.length}`;
        const access_token = `tok_${this.logins.length}`;
        return { json: { user_id: `@${identifier.user}:m.example`, device_id, access_token } };
      },
      'POST /_matrix/client/v3/logout': (request) => {
        this.revoked.push(request.headers.authorization ?? '');
        return { json: {} };
      },
    };
  }
}
