import type {
  AccountState,
  ChatOffer,
  ChatSignIn,
  Discovery,
  FilesSignIn,
} from '../../preload/contract/accounts.ts';
import type { ContractError } from '../../preload/contract/channel.ts';
import type { SignInGoal } from '../salons/stores/session.ts';
import { addressOf } from '../ui/address.ts';

/** What the page shows. */
export type Screen =
  | { readonly at: 'address' }
  /** What the chat server of a known account asks for. */
  | { readonly at: 'asking' }
  /** The password, or else the browser where the server offers that too. */
  | { readonly at: 'password'; readonly chat: ChatOffer }
  | { readonly at: 'browser'; readonly chat: ChatOffer; readonly waiting: boolean }
  /** Who came back from the browser is called otherwise than was typed. */
  | { readonly at: 'someone-else'; readonly user: string }
  /** The conversations can't be had now, or not this way; the files may be. */
  | { readonly at: 'no-chat'; readonly why: 'failed' | 'unsupported' }
  | { readonly at: 'files'; readonly serverUrl: string; readonly waiting: boolean }
  | { readonly at: 'done' };

/** The whole sign-in page, as plain data. */
export interface SignInState {
  readonly goal: SignInGoal;
  readonly address: string;
  /** What is known of the file server; null before it was looked for, or when it is not wanted. */
  readonly files: Discovery['files'] | null;
  readonly screen: Screen;
  /** A server is being asked. */
  readonly busy: boolean;
  /** What went wrong at the last try. */
  readonly problem: ContractError | null;
}

/** What happens to it. */
export type SignInEvent =
  | { readonly type: 'typed'; readonly address: string }
  | { readonly type: 'asked' }
  | { readonly type: 'discovered'; readonly discovery: Discovery }
  | { readonly type: 'failed'; readonly error: ContractError }
  | { readonly type: 'offered'; readonly offer: ChatOffer }
  | { readonly type: 'chat-step'; readonly step: ChatSignIn }
  | { readonly type: 'browser-cancelled' }
  | { readonly type: 'chat-signed-in' }
  | { readonly type: 'chat-skipped' }
  | { readonly type: 'files-step'; readonly step: FilesSignIn }
  | { readonly type: 'files-cancelled' }
  | { readonly type: 'files-skipped' }
  | { readonly type: 'address-changed' };

/** Where the page begins: what is known of the account is not asked again. */
export function begin(goal: SignInGoal, account: AccountState): SignInState {
  const { chat, files } = account;
  const state = { goal, address: '', files: null, busy: false, problem: null };
  const known = chat.status === 'none' ? '' : addressOf(chat.user);
  if (goal === 'chat' && chat.status !== 'none')
    return { ...state, address: known, screen: { at: 'asking' } };
  if (goal === 'files' && files.status !== 'none')
    return { ...state, address: known, screen: { at: 'files', serverUrl: files.serverUrl, waiting: false } };
  return { ...state, address: known, screen: { at: 'address' } };
}

/** The next state of the page. Pure: the model carries out what it stands for. */
export function next(state: SignInState, event: SignInEvent): SignInState {
  switch (event.type) {
    case 'typed':
      return { ...state, address: event.address, problem: null };
    case 'asked':
      return { ...state, busy: true, problem: null };
    case 'discovered':
      return discovered(state, event.discovery);
    case 'failed':
      return { ...leaveBrowser(idle(state)), problem: event.error };
    case 'offered':
      return state.screen.at === 'asking' ? toOffer(idle(state), event.offer) : state;
    case 'chat-step':
      return chatStep(state, event.step);
    case 'browser-cancelled':
      return leaveBrowser(idle(state));
    case 'chat-signed-in':
      return afterChat(state);
    case 'chat-skipped':
      return toFiles(idle(state));
    case 'files-step':
      return filesStep(state, event.step);
    case 'files-cancelled':
      return state.screen.at === 'files'
        ? { ...idle(state), screen: { ...state.screen, waiting: false } }
        : state;
    case 'files-skipped':
      return { ...idle(state), screen: { at: 'done' } };
    case 'address-changed':
      return { ...idle(state), files: null, screen: { at: 'address' } };
  }
}

function idle(state: SignInState): SignInState {
  return { ...state, busy: false, problem: null };
}

function discovered(state: SignInState, { chat, files }: Discovery): SignInState {
  const known = { ...idle(state), files };
  if (state.goal === 'files') return files.found ? toFiles(known) : { ...known, problem: files.error };
  if (!chat.found)
    return files.found
      ? { ...known, screen: { at: 'no-chat', why: 'failed' }, problem: chat.error }
      : { ...known, screen: { at: 'address' }, problem: chat.error };
  return toOffer(known, chat.offer);
}

function toOffer(state: SignInState, chat: ChatOffer): SignInState {
  if (chat.password) return { ...state, screen: { at: 'password', chat } };
  return chat.browser.length > 0
    ? { ...state, screen: { at: 'browser', chat, waiting: false } }
    : { ...state, screen: { at: 'no-chat', why: 'unsupported' } };
}

/** Back to what the server offers, where the browser was waited for. */
function leaveBrowser(state: SignInState): SignInState {
  const { screen } = state;
  return screen.at === 'browser' && screen.waiting ? toOffer(state, screen.chat) : state;
}

function chatStep(state: SignInState, step: ChatSignIn): SignInState {
  const { screen } = state;
  if (screen.at !== 'password' && screen.at !== 'browser') return state;
  switch (step.step) {
    case 'waiting':
      return { ...idle(state), screen: { at: 'browser', chat: screen.chat, waiting: true } };
    case 'signed-in':
      return localPart(step.user) === localPart(screen.chat.user)
        ? afterChat(state)
        : { ...idle(state), screen: { at: 'someone-else', user: step.user } };
    case 'failed':
      return { ...leaveBrowser(idle(state)), problem: step.error };
  }
}

/** What comes before the server's name in a Matrix id. Capitals do not count: servers write these names small. */
function localPart(user: string): string {
  return user.replace(/^@([^:]+):.+$/, '$1').toLowerCase();
}

function afterChat(state: SignInState): SignInState {
  return state.goal === 'chat' ? { ...idle(state), screen: { at: 'done' } } : toFiles(idle(state));
}

function toFiles(state: SignInState): SignInState {
  return state.files?.found
    ? { ...state, screen: { at: 'files', serverUrl: state.files.serverUrl, waiting: false } }
    : { ...state, screen: { at: 'done' } };
}

function filesStep(state: SignInState, step: FilesSignIn): SignInState {
  if (state.screen.at !== 'files') return state;
  switch (step.step) {
    case 'waiting':
      return { ...idle(state), screen: { ...state.screen, waiting: true } };
    case 'granted':
      return { ...idle(state), screen: { at: 'done' } };
    case 'failed':
      return { ...state, busy: false, problem: step.error, screen: { ...state.screen, waiting: false } };
  }
}
