import type { Handlers } from '../../preload/contract/index.ts';
import type { Accounts } from './accounts.ts';
import type { FilesSignIns } from './files-sign-in.ts';

/** The requests of the accounts domain. */
export function accountHandlers(accounts: Accounts, filesSignIns: FilesSignIns): Handlers<'accounts'> {
  return {
    state: () => accounts.state(),
    discover: ({ address }, signal) => accounts.discover(address, signal),
    signInChat: (request, signal) => accounts.signInChat(request, signal),
    startFilesSignIn: ({ serverUrl }, signal) => filesSignIns.start(serverUrl, signal),
    reopenFilesSignIn: () => filesSignIns.reopen(),
    cancelFilesSignIn: () => filesSignIns.cancel(),
    chatSession: () => accounts.chatSession(),
    chatExpired: () => accounts.chatExpired(),
    signOut: () => {
      filesSignIns.cancel();
      return accounts.signOut();
    },
  };
}
