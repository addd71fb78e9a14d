import { join } from 'node:path';
import type { ChatSignIn, FilesSignIn } from '../../preload/contract/accounts.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { Events } from '../contract/events.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import { keptTwice } from '../store/kept-twice.ts';
import { AccountBook, EMPTY_BOOK } from './account.ts';
import { Accounts } from './accounts.ts';
import { ChatSignIns } from './chat-sign-in.ts';
import type { KnownServers } from './discover.ts';
import { FilesSignIns } from './files-sign-in.ts';
import { type AccountHandlersParts, accountHandlers } from './handlers.ts';
import type { ReturnWords } from './return-address.ts';
import { type Cipher, createSecretStore } from './secret-store.ts';

/** What accounts are made from. */
export interface AccountsParts
  extends Pick<AccountHandlersParts, 'throwUnlessMayLeave' | 'openNext' | 'keepsFolderOf'> {
  /** The program's data folder. */
  readonly data: string;
  readonly http: Http;
  readonly events: Events;
  /** The system's key store, null where there is none. */
  readonly cipher: () => Promise<Cipher | null>;
  readonly withoutKeyStore: 'memory' | 'file';
  readonly known: KnownServers;
  /** Whether a person may have more than one account here; asked anew each time. */
  readonly mayAdd: () => boolean;
  readonly deviceName: string;
  readonly openPage: (address: string) => Promise<void>;
  /** What the browser shows once it brought the person back. */
  readonly returnWords: () => ReturnWords;
  /** The person has done in the browser what it was opened for. */
  readonly cameBack: () => void;
  readonly wipePage: () => Promise<void>;
  readonly wipeVisited: (stores: string) => Promise<void>;
  readonly log: Log;
}

/** Takes up the account of the last time; answers it with the requests of the accounts domain. */
export async function openAccounts(
  parts: AccountsParts,
): Promise<{ accounts: Accounts; handlers: Handlers<'accounts'> }> {
  const { data, http, events, deviceName, openPage, cameBack, log } = parts;
  const book = await keptTwice(join(data, 'accounts.json'), AccountBook, EMPTY_BOOK, log);
  const secrets = createSecretStore(join(data, 'secrets'), await parts.cipher(), parts.withoutKeyStore, log);
  const accounts = await Accounts.open({ ...parts, secrets, book });
  accounts.onChange((state) => events.send('accounts', 'changed', state));
  accounts.onAnyChange(() => events.send('accounts', 'listChanged', accounts.list()));
  const tell = (step: FilesSignIn) => events.send('accounts', 'filesSignIn', step);
  const filesSignIns = new FilesSignIns({ http, accounts, deviceName, openPage, tell, cameBack });
  const chatSignIns = new ChatSignIns({
    accounts,
    openPage,
    words: parts.returnWords,
    cameBack,
    tell: (step: ChatSignIn) => events.send('accounts', 'chatSignIn', step),
  });
  return { accounts, handlers: accountHandlers({ ...parts, accounts, filesSignIns, chatSignIns }) };
}
