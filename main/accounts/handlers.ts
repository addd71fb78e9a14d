import type { ListedAccount } from '../../preload/contract/accounts.ts';
import type { Opening } from '../../preload/contract/app.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { Accounts } from './accounts.ts';
import type { ChatSignIns } from './chat-sign-in.ts';
import type { FilesSignIns } from './files-sign-in.ts';

/** What the accounts domain answers with. */
export interface AccountHandlersParts {
  readonly accounts: Accounts;
  readonly filesSignIns: FilesSignIns;
  readonly chatSignIns: ChatSignIns;
  /** Throws `in-use.call` while something goes on that ends when another account is shown. */
  readonly throwUnlessMayLeave: () => void;
  /** Keeps what is to be opened by the page that comes next. */
  readonly openNext: (opening: Opening) => void;
  /** Whether an account keeps the folder of a salon. */
  readonly keepsFolderOf: (accountId: string, salonId: string) => boolean;
}

/** The requests of the accounts domain. */
export function accountHandlers(parts: AccountHandlersParts): Handlers<'accounts'> {
  const { accounts, filesSignIns, chatSignIns, throwUnlessMayLeave, openNext, keepsFolderOf } = parts;
  const cancelSignIns = () => {
    filesSignIns.cancel();
    chatSignIns.cancel();
  };
  return {
    state: () => accounts.state(),
    list: () => accounts.list(),
    show: async ({ id, opening }) => {
      throwUnlessMayLeave();
      cancelSignIns();
      await accounts.show(id);
      if (opening) openNext(opening);
    },
    add: async () => {
      throwUnlessMayLeave();
      cancelSignIns();
      await accounts.add();
    },
    introduce: (looks) => accounts.introduce(looks),
    ofSalon: ({ salonId }) => accountOfSalon(salonId, accounts.list().accounts, keepsFolderOf),
    discover: ({ address }, signal) => accounts.discover(address, signal),
    signInChat: async ({ serverUrl, ...typed }, signal) => {
      const proof = { by: 'password', ...typed } as const;
      return (await accounts.signInChat({ serverUrl, proof }, signal)).account;
    },
    chatOffer: (_, signal) => accounts.chatOffer(signal),
    startChatSignIn: (request) => chatSignIns.start(request),
    reopenChatSignIn: () => chatSignIns.reopen(),
    cancelChatSignIn: () => chatSignIns.cancel(),
    approve: (approval) => chatSignIns.approve(approval),
    startFilesSignIn: ({ serverUrl }, signal) => filesSignIns.start(serverUrl, signal),
    reopenFilesSignIn: () => filesSignIns.reopen(),
    cancelFilesSignIn: () => filesSignIns.cancel(),
    chatSession: () => accounts.chatSession(),
    pageStorage: () => accounts.pageStorage(),
    chatExpired: () => accounts.chatExpired(),
    signOut: () => {
      cancelSignIns();
      return accounts.signOut();
    },
  };
}

/**
 * Another account that a salon may belong to: main knows the salons of those that are not shown by their folders only, so
 * that the server in an older room id has to do else; ids of version 12 name none.
 */
export function accountOfSalon(
  salonId: string,
  accounts: readonly ListedAccount[],
  keepsFolderOf: (accountId: string, salonId: string) => boolean,
): ListedAccount | null {
  const others = accounts.filter(({ isShown }) => !isShown);
  const byFolder = others.find(({ id }) => keepsFolderOf(id, salonId));
  const server = /:(?<server>.+)$/.exec(salonId)?.groups?.['server'];
  const byServer = others.find(({ user }) => server !== undefined && user.endsWith(`:${server}`));
  return byFolder ?? byServer ?? null;
}
