import type { Approval } from '../../preload/contract/accounts.ts';
import type { CommandError } from '../matrix/protocol.ts';
import type { RecoveryNeed } from '../salons/stores/session.ts';

/** What the page of the recovery code shows. */
export type RecoveryScreen =
  | { readonly at: 'intro' }
  /** The chat server wants the password once more before it takes the keys. */
  | { readonly at: 'password' }
  /** Or it wants the person to approve that in their browser; `opened` once its page was. */
  | { readonly at: 'browser'; readonly approval: Approval; readonly opened: boolean }
  | { readonly at: 'shown'; readonly code: string }
  /** One group of the code, counted from 1, is asked back. */
  | { readonly at: 'check'; readonly code: string; readonly group: number }
  | { readonly at: 'enter' }
  /** The code is lost: what that means, before a new one is made. */
  | { readonly at: 'lost' }
  | { readonly at: 'done'; readonly how: 'kept' | 'restored' };

/** The page as plain data. */
export interface RecoveryState {
  readonly need: RecoveryNeed;
  readonly screen: RecoveryScreen;
  readonly busy: boolean;
  readonly problem: CommandError | null;
}

/** What happens to it. */
export type RecoveryEvent =
  | { readonly type: 'asked' }
  | { readonly type: 'failed'; readonly error: CommandError }
  | { readonly type: 'made'; readonly code: string }
  | { readonly type: 'noted'; readonly group: number }
  | { readonly type: 'look-again' }
  | { readonly type: 'kept' }
  | { readonly type: 'page-opened' }
  | { readonly type: 'lost' }
  | { readonly type: 'found-again' }
  | { readonly type: 'restored' };

/** Where the page begins. */
export function beginRecovery(need: RecoveryNeed): RecoveryState {
  return { need, screen: { at: need === 'needs-code' ? 'enter' : 'intro' }, busy: false, problem: null };
}

/** The next state of the page. */
export function nextRecovery(state: RecoveryState, event: RecoveryEvent): RecoveryState {
  const { screen } = state;
  const show = (shown: RecoveryScreen): RecoveryState => ({
    ...state,
    screen: shown,
    busy: false,
    problem: null,
  });
  switch (event.type) {
    case 'asked':
      return { ...state, busy: true, problem: null };
    case 'failed':
      return failed(state, event.error);
    case 'made':
      return show({ at: 'shown', code: event.code });
    case 'noted':
      return screen.at === 'shown' ? show({ at: 'check', code: screen.code, group: event.group }) : state;
    case 'look-again':
      return screen.at === 'check' ? show({ at: 'shown', code: screen.code }) : state;
    case 'kept':
      return show({ at: 'done', how: 'kept' });
    case 'page-opened':
      return screen.at === 'browser' ? show({ ...screen, opened: true }) : state;
    case 'lost':
      return show({ at: 'lost' });
    case 'found-again':
      return show({ at: 'enter' });
    case 'restored':
      return show({ at: 'done', how: 'restored' });
  }
}

/** The server wants the password, or an approval: asked the first time, said to be wrong or missing the second. */
function failed(state: RecoveryState, error: CommandError): RecoveryState {
  const { screen } = state;
  if (error.approval) {
    const { approval } = error;
    const isSame = screen.at === 'browser' && screen.approval.session === approval.session;
    const shown: RecoveryScreen = { at: 'browser', approval, opened: isSame && screen.opened };
    return { ...state, busy: false, problem: screen.at === 'browser' ? error : null, screen: shown };
  }
  const asks = error.code === 'password-needed' && state.screen.at !== 'password';
  return asks
    ? { ...state, busy: false, problem: null, screen: { at: 'password' } }
    : { ...state, busy: false, problem: error };
}

/** The code in its groups of four characters. */
export function groupsOf(code: string): readonly string[] {
  return code.trim().split(/\s+/);
}

/** Whether what was typed is the group that was asked, or the whole code. Capitals count. */
export function isKept(code: string, group: number, typed: string): boolean {
  const squeezed = typed.replaceAll(/\s+/g, '');
  const groups = groupsOf(code);
  return squeezed !== '' && (squeezed === groups[group - 1] || squeezed === groups.join(''));
}
