import { z } from 'zod';
import { ContractError, event, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { Label, SalonId, ServerUrl, UserId } from './values.ts';

/** What the person typed on the sign-in page: a professional address, a Matrix id or a plain user name. */
export const TypedAddress = z.string().trim().min(1).max(320);

/**
 * Somebody who tells the chat server who a person is, in the system's browser (Client-Server API, `m.login.sso`): `id` names
 * them among several. Where the server names none, both are null.
 */
export const SignOnProvider = z.strictObject({
  id: z
    .string()
    .regex(/^(?!\.{1,2}$)[\w.~-]{1,255}$/)
    .nullable(),
  name: Label.min(1).nullable(),
});
export type SignOnProvider = z.infer<typeof SignOnProvider>;

/** What the chat server asks for, as found from the address. */
export const ChatOffer = z.strictObject({
  serverUrl: ServerUrl,
  /** The name to sign in with at that server, taken from the address. */
  user: z.string().min(1).max(255),
  password: z.boolean(),
  /** The ways in by the system's browser, in the server's order; none: there is no such way. */
  browser: z.array(SignOnProvider).max(20),
});
export type ChatOffer = z.infer<typeof ChatOffer>;

/** Each of the two servers may fail without the other: chat works without files and the reverse. */
export const Discovery = z.strictObject({
  chat: z.union([
    z.strictObject({ found: z.literal(true), offer: ChatOffer }),
    z.strictObject({ found: z.literal(false), error: ContractError }),
  ]),
  files: z.union([
    z.strictObject({ found: z.literal(true), serverUrl: ServerUrl, productName: Label }),
    z.strictObject({ found: z.literal(false), error: ContractError }),
  ]),
});
export type Discovery = z.infer<typeof Discovery>;

/**
 * Where secrets are kept: with the system, in memory until the program stops (no key store here), or, where the
 * administrator allows that, in a file that only the person's account can read.
 */
export const SecretKeeping = z.enum(['system', 'memory', 'file']);
export type SecretKeeping = z.infer<typeof SecretKeeping>;

/** The state of one of the account's two sign-ins. */
export const ServiceAccess = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('signed-in'), serverUrl: ServerUrl, user: z.string().max(320) }),
  /** The server revoked the session or the password changed: ask again, keep everything. */
  z.strictObject({ status: z.literal('expired'), serverUrl: ServerUrl, user: z.string().max(320) }),
]);
export type ServiceAccess = z.infer<typeof ServiceAccess>;

/** Names an account on this PC. */
export const AccountId = z.uuid();
/** Names what the page keeps of an account, beside that of others; '' on a PC whose account is older than that. */
export const StoresName = z.string().regex(/^[0-9a-f-]{0,40}$/);

/** Names the stores of an account whose key is written nowhere: nobody can read them once the program ended. */
const PassingStores = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .nullable();

/** The account that is shown, without any secret; nobody's while one signs in for the first time, or adds an account. */
export const AccountState = z.strictObject({
  id: AccountId.nullable(),
  stores: StoresName,
  chat: ServiceAccess,
  files: ServiceAccess,
  secrets: SecretKeeping,
});
export type AccountState = z.infer<typeof AccountState>;

/** The picture of an account's person: a WebP of a few kilobytes in base64 (the first bytes of each are the same). */
export const OwnPicture = z
  .string()
  .max(24_000)
  .regex(/^UklGR[A-Za-z0-9+/]+={0,2}$/);

/** What an account's person looks like to those who choose among accounts. */
export const Looks = z.strictObject({
  /** Whose account it is: another one may be shown by the time it is told. */
  user: UserId,
  name: Label.min(1),
  /** Null: they have none. Left out while it is not known: the one of the last time stays. */
  picture: OwnPicture.nullable().optional(),
});
export type Looks = z.infer<typeof Looks>;

/** One of the accounts of this PC, for who chooses among them. */
export const ListedAccount = z.strictObject({
  id: AccountId,
  stores: StoresName,
  passing: PassingStores,
  /** What its people call it; null until the chat said so. */
  name: Label.nullable(),
  /** Their picture as the chat had it the last time. */
  picture: OwnPicture.nullable(),
  /** Matrix id, or the name at the file server where there is no chat. */
  user: z.string().max(500),
  /** Host of its chat server, or of its file server. */
  server: z.string().max(500),
  isShown: z.boolean(),
  /** One of its sessions ended: nothing comes in there any more. */
  mustSignIn: z.boolean(),
});
export type ListedAccount = z.infer<typeof ListedAccount>;

/**
 * All accounts of this PC, and whether there may be one more. `isWhole`: these are all that anything may be kept of here; not
 * so where the list of the last time was damaged.
 */
export const AccountList = z.strictObject({
  accounts: z.array(ListedAccount),
  mayAdd: z.boolean(),
  isWhole: z.boolean(),
});
export type AccountList = z.infer<typeof AccountList>;

/** 32 bytes in base64 that encrypt what the page and its worker keep on this PC. */
const StorageKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** What the Matrix worker needs to start. The only secrets the page ever holds. */
export const ChatSession = z.strictObject({
  serverUrl: ServerUrl,
  userId: UserId,
  deviceId: z.string().min(1).max(255),
  accessToken: z.string().min(1).max(4000),
  storageKey: StorageKey,
  passing: PassingStores,
  /** Keys of before, and their devices, which the person had to sign in without: what is left under them is taken over. */
  earlier: z.array(z.strictObject({ storageKey: StorageKey, deviceId: z.string().min(1).nullable() })),
});
export type ChatSession = z.infer<typeof ChatSession>;

/** What the page keeps its own database with, also while the session of the chat is over. */
export const PageStorage = ChatSession.pick({ storageKey: true, passing: true }).extend({
  stores: StoresName,
  /** See `ChatSession.earlier`. */
  earlierKeys: z.array(StorageKey),
});
export type PageStorage = z.infer<typeof PageStorage>;

/** How far the file sign-in in the system browser is (Nextcloud Login Flow v2). */
export const FilesSignIn = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('waiting') }),
  z.strictObject({ step: z.literal('granted') }),
  z.strictObject({ step: z.literal('failed'), error: ContractError }),
]);
export type FilesSignIn = z.infer<typeof FilesSignIn>;

/** How far the sign-in to the conversations in the system's browser is. */
export const ChatSignIn = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('waiting') }),
  /** `user`: the Matrix id of who signed in there, whatever name was typed here. */
  z.strictObject({ step: z.literal('signed-in'), user: UserId, account: AccountState }),
  z.strictObject({ step: z.literal('failed'), error: ContractError }),
]);
export type ChatSignIn = z.infer<typeof ChatSignIn>;

/**
 * The server's question whether it is really the person who asks for something, to be answered in their browser
 * (Client-Server API, User-interactive authentication, Fallback). The two others are for servers whose accounts are kept by
 * an authorization server, which asks on a page of its own.
 */
export const Approval = z.strictObject({
  stage: z.enum(['m.login.sso', 'm.oauth', 'org.matrix.cross_signing_reset']),
  session: z.string().min(1).max(500),
});
export type Approval = z.infer<typeof Approval>;

/** Signing in and out, secrets, the state of both sessions. */
export const accounts = {
  audience: 'app',
  requests: {
    /** The account that is shown. */
    state: request({ request: Nothing, answer: AccountState }),
    list: request({ request: Nothing, answer: AccountList }),
    /** Loads the page anew for another account: it puts away what it does first. `in-use.call` while a call goes on. */
    show: request({
      request: z.strictObject({
        id: AccountId,
        /** What is to be opened there. */
        opening: z.strictObject({ kind: z.enum(['salon', 'call']), salonId: SalonId }).nullable(),
      }),
      answer: Nothing,
    }),
    /** Loads the page anew for the sign-in of one more account, as `show` does; `forbidden` where there may be none. */
    add: request({ request: Nothing, answer: Nothing }),
    /** What the person of an account is called, and their picture. */
    introduce: request({ request: Looks, answer: Nothing }),
    /** The other account that a salon may belong to: whose folder it has, or else whose server its id names. */
    ofSalon: request({ request: z.strictObject({ salonId: SalonId }), answer: ListedAccount.nullable() }),
    discover: request({ request: z.strictObject({ address: TypedAddress }), answer: Discovery }, 30_000),
    signInChat: request(
      {
        request: z.strictObject({
          serverUrl: ServerUrl,
          user: z.string().min(1).max(255),
          password: z.string().min(1).max(4000),
        }),
        answer: AccountState,
      },
      60_000,
    ),
    /** What the chat server of the account that is shown asks for now: for signing in again. */
    chatOffer: request({ request: Nothing, answer: ChatOffer }, 30_000),
    /** Opens the chat server's sign-in page in the system browser; what follows comes as `chatSignIn`. */
    startChatSignIn: request({
      request: z.strictObject({ serverUrl: ServerUrl, provider: SignOnProvider.shape.id }),
      answer: Nothing,
    }),
    /** Opens that page again: the person closed it. */
    reopenChatSignIn: request({ request: Nothing, answer: Nothing }),
    cancelChatSignIn: request({ request: Nothing, answer: Nothing }),
    /** Opens the page in the system browser on which the chat server asks whether it is really the person. */
    approve: request({ request: Approval, answer: Nothing }),
    /** Opens the file server's grant page in the system browser; what follows comes as `filesSignIn`. */
    startFilesSignIn: request({ request: z.strictObject({ serverUrl: ServerUrl }), answer: Nothing }, 30_000),
    /** Opens the grant page again: the person closed it. */
    reopenFilesSignIn: request({ request: Nothing, answer: Nothing }),
    cancelFilesSignIn: request({ request: Nothing, answer: Nothing }),
    /** The session of the chat, for the worker; `not-signed-in` when there is none. */
    chatSession: request({ request: Nothing, answer: ChatSession }),
    /** `not-signed-in` while nobody is, and where the key of their stores can't be read. */
    pageStorage: request({ request: Nothing, answer: PageStorage }),
    /** The worker met a revoked token: main marks the chat as expired. */
    chatExpired: request({ request: Nothing, answer: Nothing }),
    /** Revokes both sessions, wipes secrets and caches on this PC; never touches the folder. */
    signOut: request(
      { request: Nothing, answer: z.strictObject({ revoked: z.boolean() }) },
      PATIENT_TIMEOUT_MS,
    ),
  },
  events: {
    changed: event(AccountState, 'latest'),
    listChanged: event(AccountList, 'latest'),
    filesSignIn: event(FilesSignIn),
    chatSignIn: event(ChatSignIn),
  },
} as const;
