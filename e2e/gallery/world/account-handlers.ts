import type { AccountList, AccountState, ChatOffer, Discovery } from '../../../preload/contract/accounts.ts';
import { type FakeHandlers, type FakeMain, Refusal } from '../fake-main.ts';
import { signedIn } from './accounts.ts';

/** What main knows of accounts in the gallery. */
interface AccountsWorld {
  account: AccountState;
  readonly accounts: AccountList;
  readonly discovery: Discovery;
}

const STORAGE_KEY = `${'A'.repeat(43)}=`;

/** Plays main's accounts: whoever signs in is the gallery's person. */
export function accountHandlers(world: AccountsWorld, main: () => FakeMain): FakeHandlers['accounts'] {
  const sign = (part: Partial<AccountState>): AccountState => {
    world.account = { ...world.account, ...part };
    main().emit('accounts', 'changed', world.account);
    return world.account;
  };
  return {
    state: () => world.account,
    list: () => world.accounts,
    show: () => undefined,
    add: () => undefined,
    introduce: () => undefined,
    ofSalon: () => world.accounts.accounts.find(({ isShown }) => !isShown) ?? null,
    discover: () => world.discovery,
    signInChat: () => sign({ chat: signedIn.chat }),
    chatOffer: () => offerOf(world.discovery),
    startChatSignIn: () => main().emit('accounts', 'chatSignIn', { step: 'waiting' }),
    reopenChatSignIn: () => undefined,
    cancelChatSignIn: () => undefined,
    approve: () => undefined,
    startFilesSignIn: () => main().emit('accounts', 'filesSignIn', { step: 'waiting' }),
    reopenFilesSignIn: () => undefined,
    cancelFilesSignIn: () => undefined,
    chatSession: () => ({
      serverUrl: 'https://discussion.metropole.example',
      userId: '@n.benali:metropole.example',
      deviceId: 'GALLERY',
      accessToken: 'gallery',
      storageKey: STORAGE_KEY,
      passing: null,
      earlier: [],
    }),
    pageStorage: () => ({ storageKey: STORAGE_KEY, stores: '', passing: null, earlierKeys: [] }),
    chatExpired: () => undefined,
    signOut: () => {
      sign({ chat: { status: 'none' }, files: { status: 'none' } });
      return { revoked: true };
    },
  };
}

function offerOf({ chat }: Discovery): ChatOffer {
  if (!chat.found) throw new Refusal(chat.error);
  return chat.offer;
}
