import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  AccountId,
  type AccountState,
  OwnPicture,
  type SecretKeeping,
  type ServiceAccess,
  StoresName,
} from '../../preload/contract/accounts.ts';
import { Label, ServerUrl, UserId } from '../../preload/contract/values.ts';
import type { Secrets } from './secret-store.ts';

/** One account as it is kept on disk: who and where, no secret. */
export const Account = z.strictObject({
  id: AccountId,
  chat: z.strictObject({ serverUrl: ServerUrl, userId: UserId, deviceId: z.string().min(1) }).nullable(),
  files: z
    .strictObject({ serverUrl: ServerUrl, userId: z.string().min(1), loginName: z.string().min(1) })
    .nullable(),
  /** Names the folder in which this PC keeps what it knows of the account's files. In older books: null, see `homeOf`. */
  home: z
    .string()
    .regex(/^[0-9a-f-]{1,40}$/)
    .nullable()
    .default(null),
  /** Names what the page keeps of it. The one account of an older book had no name for that. */
  stores: StoresName.default(''),
  /** What its people call it; null until the chat said so. */
  name: Label.nullable().default(null),
  /** Their picture as the chat had it the last time, so that it is there while another account is shown. */
  picture: OwnPicture.nullable().default(null),
});
export type Account = z.infer<typeof Account>;

/** All accounts of this PC, in the order in which they came. */
export const AccountBook = z.strictObject({
  /** The one that is shown. */
  active: z.uuid().nullable(),
  accounts: z.array(Account),
});
export type AccountBook = z.infer<typeof AccountBook>;

export const EMPTY_BOOK: AccountBook = { active: null, accounts: [] };

/** An account with its secrets. */
export interface Held {
  readonly account: Account;
  readonly secrets: Secrets;
  /** The storage key was made since the program started: nothing older is sealed with it. */
  readonly isKeyNew: boolean;
  /**
   * What its secrets took with them when they could not be opened, for now: `all`: what the page keeps of it too, `device`:
   * only its being the same device as before, as somebody signed in again since.
   */
  readonly lost: 'nothing' | 'device' | 'all';
}

/**
 * Names the home of an account's files. It follows from whose account it was at first: the same each time they sign in on
 * this PC, also where no key store remembers that they did, so that their folders are found again.
 */
export function homeOf({ home, chat, files }: Account): string {
  if (home !== null) return home;
  const person = chat ? [chat.userId] : [files?.serverUrl, files?.userId];
  return createHash('sha256').update(JSON.stringify(person)).digest('hex').slice(0, 24);
}

/** Its Matrix id, or its name at the file server. */
export function userOf({ chat, files }: Account): string {
  return chat?.userId ?? files?.loginName ?? '';
}

/** Host of its chat server, or of its file server. */
export function hostOf({ chat, files }: Account): string {
  const server = chat?.serverUrl ?? files?.serverUrl;
  return server === undefined ? '' : new URL(server).host;
}

/** What the page is told of an account, null being the sign-in page of one that is not there yet. */
export function stateOf(held: Held | null, keeping: SecretKeeping): AccountState {
  const { id = null, chat = null, files = null, stores = '' } = held?.account ?? {};
  return {
    id,
    stores,
    chat: chat ? access(chat.serverUrl, chat.userId, held?.secrets.accessToken) : { status: 'none' },
    files: files ? access(files.serverUrl, files.loginName, held?.secrets.appPassword) : { status: 'none' },
    secrets: keeping,
  };
}

function access(serverUrl: string, user: string, secret: string | null | undefined): ServiceAccess {
  return { status: secret ? 'signed-in' : 'expired', serverUrl, user };
}
