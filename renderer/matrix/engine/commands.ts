import { ChatError } from '../http/chat-error.ts';
import type { CommandAnswer, CommandName, CommandRequest } from '../protocol.ts';
import { createSalon, searchDirectory } from '../salons/create-salon.ts';
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
    sendFolderFile: async ({ salonId, ...file }) =>
      put(get(), salonId, 'm.room.message', folderFileContent(file)),
    resend: async ({ key }) => nothing(get().parts.outbox.resend(key)),
    discardUnsent: async ({ key }) => nothing(get().parts.outbox.discard(key)),
    react: async ({ salonId, eventId, reaction }) =>
      nothing(toggleReaction(get(), salonId, eventId, reaction)),
    editText: async ({ salonId, eventId, text }) =>
      nothing(put(get(), salonId, 'm.room.message', editContent(eventId, text))),
    deleteMessage: async ({ salonId, eventId }) =>
      nothing(put(get(), salonId, 'm.room.redaction', { redacts: eventId })),
  };
}

/** Writes down, then sends: the answer means that the message is safe on this PC. */
async function put(
  account: Account,
  roomId: string,
  type: string,
  content: Readonly<Record<string, unknown>>,
): Promise<{ readonly key: string }> {
  const { outbox, list, conversations } = account.parts;
  if (list.get(roomId) === null) throw new ChatError('not-found', 'no such salon');
  await conversations.get(roomId);
  const key = crypto.randomUUID();
  await outbox.add({ key, roomId, type, content, at: account.now(), failed: null });
  return { key };
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
      await until(() => get().parts.list.get(salonId) !== null);
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
): Pick<Handlers, 'open' | 'loadOlder' | 'markRead' | 'setTyping' | 'media'> {
  return {
    open: async ({ salonId }) => nothing(get().openSalon(salonId)),
    loadOlder: async ({ salonId }) => nothing(get().parts.conversations.loadOlder(salonId)),
    markRead: async ({ salonId }) => nothing(get().parts.readMarkers.mark(salonId)),
    setTyping: async ({ salonId, typing }) => nothing(get().setTyping(salonId, typing)),
    media: async ({ key, maxPixels }) => ({ blob: await get().parts.media.get(key, maxPixels ?? null) }),
  };
}

function protection(
  get: () => Account,
): Pick<Handlers, 'createRecoveryCode' | 'confirmRecoveryCode' | 'useRecoveryCode'> {
  return {
    createRecoveryCode: async ({ password }) => ({
      code: await (await get().protection()).createCode(password),
    }),
    confirmRecoveryCode: async ({ code }) => nothing((await get().protection()).confirm(code)),
    useRecoveryCode: async ({ code }) => ({ restored: await (await get().protection()).useCode(code) }),
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
