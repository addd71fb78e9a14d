import type { ChatSession, ListedAccount, PageStorage } from '../../preload/contract/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import { type Held, hostOf, userOf } from './account.ts';
import type { HeldAccounts } from './held-accounts.ts';

/** What the chat's worker of the account that is shown starts with. Throws `not-signed-in.chat`. */
export function chatSessionOf(accounts: HeldAccounts): ChatSession {
  const { account, secrets } = accounts.shown ?? {};
  if (!account?.chat || !secrets?.accessToken) throw new AppError('not-signed-in.chat');
  return {
    ...account.chat,
    accessToken: secrets.accessToken,
    storageKey: secrets.storageKey,
    passing: accounts.passingStores(account.id),
    earlier: accounts.earlier(account.id).map(({ storageKey, deviceId }) => ({ storageKey, deviceId })),
  };
}

/** What its page keeps words with. Throws `not-signed-in.chat`, also while their key can't be opened. */
export function pageStorageOf(accounts: HeldAccounts): PageStorage {
  const held = accounts.shown;
  if (!held?.account.chat || held.lost === 'all') throw new AppError('not-signed-in.chat');
  const { id, stores } = held.account;
  return {
    storageKey: held.secrets.storageKey,
    stores,
    passing: accounts.passingStores(id),
    earlierKeys: accounts.earlier(id).map(({ storageKey }) => storageKey),
  };
}

/** An account, for who chooses among them; no secret. */
export function listedOf({ account, secrets }: Held, accounts: HeldAccounts): ListedAccount {
  return {
    id: account.id,
    stores: account.stores,
    passing: accounts.passingStores(account.id),
    name: account.name,
    picture: account.picture,
    user: userOf(account),
    server: hostOf(account),
    isShown: account.id === accounts.shown?.account.id,
    mustSignIn:
      (account.chat !== null && secrets.accessToken === null) ||
      (account.files !== null && secrets.appPassword === null),
  };
}
