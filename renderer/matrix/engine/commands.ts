import { ChatError } from '../http/chat-error.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { CommandAnswer, CommandName, CommandRequest } from '../protocol.ts';
import { createSalon, searchDirectory } from '../salons/create-salon.ts';
import { editedBy } from '../timeline/items.ts';
import type { Account } from './account.ts';
import { editContent, folderFileContent, reactionContent, textContent } from './sender.ts';

type Handlers = {
  readonly [N in Exclude<CommandName, 'start' | 'stop'>]: (
    request: CommandRequest<N>,
  ) => Promise<CommandAnswer<N>>;
};

/** How long a command waits for what a sync is about to bring, milliseconds. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** The commands of a running account. @param get throws ChatError `signed-out` when there is none. */
export function accountCommands(get: () => Account): Handlers {
  return { ...writing(get), ...salons(get), ...reading(get), ...protection(get), ...calls(get) };
}

function writing(
  get: () => Account,
): Pick<
  Handlers,
  'sendText' | 'sendFolderFile' | 'resend' | 'discardUnsent' | 'react' | 'editText' | 'deleteMessage'
> {
  return {
    sendText: async ({ salonId, text, mentions }) =>
      put(get(), salonId, 'm.room.message', textContent(text, mentions)),
    sendFolderFile: async ({ salonId, transactionId, ...file }) =>
      put(get(), salonId, 'm.room.message', folderFileContent(file), transactionId),
    resend: async ({ salonId, key }) => nothing(onUnsent(get(), salonId, key, (one, box) => box.resend(one))),
    discardUnsent: async ({ salonId, key }) =>
      nothing(onUnsent(get(), salonId, key, (one, box) => box.discard(one))),
    react: async ({ salonId, eventId, reaction }) =>
      nothing(toggleReaction(get(), salonId, eventId, reaction)),
    editText: async ({ salonId, eventId, text }) =>
      nothing(put(get(), salonId, 'm.room.message', editContent(eventId, text))),
    deleteMessage: async ({ salonId, eventId }) =>
      nothing(put(get(), salonId, 'm.room.redaction', { redacts: eventId })),
  };
}

/**
 * Writes down, then sends: the answer means that the message is safe on this PC.
 * @param key the transaction: the same again makes no second message.
 */
async function put(
  account: Account,
  roomId: string,
  type: string,
  content: Readonly<Record<string, unknown>>,
  key: string = crypto.randomUUID(),
): Promise<{ readonly key: string }> {
  const { outbox, list, conversations } = account.parts;
  if (list.get(roomId) === null) throw new ChatError('not-found', 'no such salon');
  await conversations.get(roomId);
  await outbox.add({ key, roomId, type, content, at: account.now(), failed: null });
  return { key };
}

/** The message shown under a key, or the edits of a message shown under it that are still on their way. */
async function onUnsent(
  account: Account,
  roomId: string,
  key: string,
  act: (key: string, outbox: Outbox) => Promise<void>,
): Promise<void> {
  const { outbox, conversations } = account.parts;
  const conversation = await conversations.get(roomId);
  const edits = outbox.of(roomId).filter((echo) => {
    const target = editedBy(echo);
    return target !== null && (conversation.keys.get(target) ?? target) === key;
  });
  const meant = edits.length === 0 ? [key] : edits.map((echo) => echo.key);
  for (const one of meant) await act(one, outbox);
}

/** A reaction given twice is taken back. */
async function toggleReaction(
  account: Account,
  roomId: string,
  eventId: string,
  reaction: string,
): Promise<void> {
  const conversation = await account.parts.conversations.get(roomId);
  const mine = conversation.ownReaction(account.parts.ownId, eventId, reaction);
  if (mine === null) await put(account, roomId, 'm.reaction', reactionContent(eventId, reaction));
  else await put(account, roomId, 'm.room.redaction', { redacts: mine });
}

function salons(
  get: () => Account,
): Pick<
  Handlers,
  'createSalon' | 'findCreation' | 'acceptInvite' | 'leave' | 'invite' | 'searchDirectory' | 'setPinned'
> {
  return {
    createSalon: async (request) => {
      const salonId = await createSalon(get().parts.http, request);
      // A sync may bring a room half made: what is written next must find it encrypted.
      await until(() => (get().parts.list.get(salonId)?.encryption ?? null) !== null);
      return { salonId };
    },
    findCreation: async ({ creationId }) => {
      const { list } = get().parts;
      const find = () => [...list.rooms.values()].find((room) => room.creationId === creationId) ?? null;
      await until(() => find() !== null || (get().complete && list.connection === 'live'));
      return { salonId: find()?.id ?? null };
    },
    acceptInvite: async ({ salonId }) => {
      await get().parts.api.join(salonId);
      await until(() => get().parts.list.get(salonId)?.membership === 'join');
      return null;
    },
    leave: async ({ salonId }) => nothing(get().parts.api.leave(salonId)),
    invite: async ({ salonId, userId }) => nothing(get().parts.api.invite(salonId, userId)),
    searchDirectory: async ({ term }) => {
      const account = get();
      const { http, ownId, settings } = account.parts;
      return { hits: await searchDirectory(http, term, { ownId, partners: settings.partners }) };
    },
    setPinned: async ({ salonId, pinned }) => {
      const { api, ownId, list } = get().parts;
      await api.tag(salonId, ownId, 'm.favourite', pinned);
      const room = list.get(salonId);
      if (room !== null) list.set(salonId, { ...room, pinned });
      return null;
    },
  };
}

function reading(
  get: () => Account,
): Pick<
  Handlers,
  'open' | 'keepFor' | 'loadOlder' | 'markRead' | 'countUnsent' | 'setTyping' | 'media' | 'stopMedia'
> {
  return {
    open: async ({ salonId }) => nothing(get().openSalon(salonId)),
    keepFor: async ({ days }) => nothing(get().keepFor(days)),
    loadOlder: async ({ salonId }) => nothing(get().parts.conversations.loadOlder(salonId)),
    markRead: async ({ salonId }) => nothing(get().parts.readMarkers.mark(salonId)),
    countUnsent: async () => ({ unsent: get().parts.outbox.size }),
    setTyping: async ({ salonId, typing }) => nothing(get().setTyping(salonId, typing)),
    media: async ({ key, maxPixels }) => ({ blob: await get().parts.media.get(key, maxPixels ?? null) }),
    stopMedia: async ({ key, maxPixels }) => {
      get().parts.media.stop(key, maxPixels ?? null);
      return null;
    },
  };
}

function protection(
  get: () => Account,
): Pick<Handlers, 'createRecoveryCode' | 'confirmRecoveryCode' | 'useRecoveryCode'> {
  return {
    createRecoveryCode: async ({ password, approved = null, lost = false }) => ({
      code: await (await get().protection()).createCode({ password, approved }, lost),
    }),
    confirmRecoveryCode: async ({ code }) => nothing((await get().protection()).confirm(code)),
    useRecoveryCode: async ({ code }) => {
      const restored = await (await get().protection()).useCode(code);
      get().parts.backfill.readAgain();
      return { restored };
    },
  };
}

function calls(
  get: () => Account,
): Pick<Handlers, 'prepareCall' | 'ring' | 'stopRinging' | 'declineCall' | 'setInCall'> {
  return {
    prepareCall: ({ salonId, domains, auth }) => get().parts.calls.prepare(salonId, domains, auth ?? 'none'),
    ring: async ({ salonId, widgetId, text }) => ({
      ringId: await get().parts.calls.ring(salonId, widgetId, text),
    }),
    stopRinging: async ({ salonId, ringId }) => nothing(get().parts.calls.answer(salonId, ringId, 'stopped')),
    declineCall: async ({ salonId, ringId }) =>
      nothing(get().parts.calls.answer(salonId, ringId, 'declined')),
    setInCall: async ({ salonId, widgetId, inCall }) =>
      nothing(get().parts.calls.setInCall(salonId, widgetId, inCall)),
  };
}

async function nothing(work: Promise<unknown>): Promise<null> {
  await work;
  return null;
}

/** Waits until the sync has brought something. @throws ChatError `offline` when it does not. */
async function until(isThere: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isThere()) {
    if (performance.now() > end) throw new ChatError('offline', 'the server did not tell it');
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
}
