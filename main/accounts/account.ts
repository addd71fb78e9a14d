import { z } from 'zod';
import type { AccountState, SecretKeeping, ServiceAccess } from '../../preload/contract/accounts.ts';
import { ServerUrl, UserId } from '../../preload/contract/values.ts';
import type { Secrets } from './secret-store.ts';

/** One account as it is kept on disk: who and where, no secret. */
export const Account = z.strictObject({
  id: z.uuid(),
  chat: z.strictObject({ serverUrl: ServerUrl, userId: UserId, deviceId: z.string().min(1) }).nullable(),
  files: z
    .strictObject({ serverUrl: ServerUrl, userId: z.string().min(1), loginName: z.string().min(1) })
    .nullable(),
});
export type Account = z.infer<typeof Account>;

/** All accounts of this PC. One is in use; more come with a later version. */
export const AccountBook = z.strictObject({ active: z.uuid().nullable(), accounts: z.array(Account) });
export type AccountBook = z.infer<typeof AccountBook>;

export const EMPTY_BOOK: AccountBook = { active: null, accounts: [] };

/** The account in use with its secrets. */
export interface Held {
  readonly account: Account;
  readonly secrets: Secrets;
}

/** What the page is told of it. */
export function stateOf(held: Held | null, keeping: SecretKeeping): AccountState {
  const { chat, files } = held?.account ?? { chat: null, files: null };
  return {
    chat: chat ? access(chat.serverUrl, chat.userId, held?.secrets.accessToken) : { status: 'none' },
    files: files ? access(files.serverUrl, files.loginName, held?.secrets.appPassword) : { status: 'none' },
    secrets: keeping,
  };
}

function access(serverUrl: string, user: string, secret: string | null | undefined): ServiceAccess {
  return { status: secret ? 'signed-in' : 'expired', serverUrl, user };
}
