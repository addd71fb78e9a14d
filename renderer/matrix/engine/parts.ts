import type { ChatSession } from '../../../preload/contract/accounts.ts';
import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { ChatCache } from '../cache/chat-cache.ts';
import { Calls } from '../calls/calls.ts';
import type { CryptoMachine } from '../crypto/machine.ts';
import type { ReadableEvent } from '../events/event.ts';
import { type ChatHttp, createChatHttp } from '../http/chat-http.ts';
import { createRoomsApi, type RoomsApi } from '../http/rooms-api.ts';
import { MediaStore } from '../media/media-store.ts';
import { Outbox } from '../outbox/outbox.ts';
import { People } from '../rooms/people.ts';
import { SalonList } from '../rooms/salon-list.ts';
import type { SummaryContext } from '../rooms/summary.ts';
import { Conversations } from '../timeline/conversations.ts';
import { Backfill } from './backfill.ts';
import { Notables } from './notable.ts';
import { Pipeline } from './pipeline.ts';
import type { Ports } from './ports.ts';
import { ReadMarkers } from './read-markers.ts';
import { Sender } from './sender.ts';

/** How an account is started. */
export interface AccountSettings {
  readonly session: ChatSession;
  /** false: classic sync without asking. */
  readonly sliding: boolean;
  readonly partners: PartnerRule;
  /** Days that a conversation which nobody opens is kept on this PC; 0: without end. */
  readonly cacheDays: number;
  readonly ports: Ports;
}

/** What the parts ask of the account that owns them. */
export interface Hooks {
  readonly machine: () => Promise<CryptoMachine>;
  readonly machineNow: () => CryptoMachine | null;
  readonly signedOut: () => void;
  readonly sent: (roomId: string, readable: ReadableEvent) => void;
  readonly roomsChanged: (roomIds: readonly string[]) => void;
  readonly wait: (ms: number) => Promise<void>;
  readonly trouble: (error: unknown) => void;
}

interface Basics {
  readonly settings: AccountSettings;
  readonly cache: ChatCache;
  readonly hooks: Hooks;
  readonly ownId: string;
  readonly http: ChatHttp;
  readonly api: RoomsApi;
  readonly people: People;
  readonly list: SalonList;
  readonly media: MediaStore;
  readonly context: () => SummaryContext;
}

interface Writing {
  readonly outbox: Outbox;
  readonly sender: Sender;
  readonly conversations: Conversations;
  readonly readMarkers: ReadMarkers;
}

/** Everything an account is made of, wired together. Nothing runs yet. */
export interface Parts extends Basics, Writing {
  readonly calls: Calls;
  readonly backfill: Backfill;
  readonly pipeline: Pipeline;
}

/** Builds the parts of an account. */
export function buildParts(settings: AccountSettings, cache: ChatCache, hooks: Hooks): Parts {
  const basics = buildBasics(settings, cache, hooks);
  const writing = buildWriting(basics);
  const calls = buildCalls(basics, writing);
  return { ...basics, ...writing, calls, ...buildReading(basics, writing, calls) };
}

function buildBasics(settings: AccountSettings, cache: ChatCache, hooks: Hooks): Basics {
  const { session, ports, partners } = settings;
  const { now, post } = ports;
  const ownId = session.userId;
  const people = new People();
  const http = createChatHttp({
    serverUrl: session.serverUrl,
    accessToken: session.accessToken,
    fetch: ports.fetch,
    onSignedOut: hooks.signedOut,
  });
  return {
    settings,
    cache,
    hooks,
    ownId,
    http,
    people,
    api: createRoomsApi(http),
    list: new SalonList({
      ownId,
      people,
      partners,
      now,
      post: (patch) => post({ type: 'salons-patch', patch }),
    }),
    media: new MediaStore({ http, now, heard: (snapshot) => post({ type: 'media-progress', snapshot }) }),
    context: () => ({ ownId, people, partners, now: now() }),
  };
}

function buildWriting(basics: Basics): Writing {
  const { settings, cache, hooks, ownId, api, people, list, media } = basics;
  const { ports, partners } = settings;
  const outbox: Outbox = new Outbox({
    send: (message) => sender.send(message),
    save: (message) => cache.saveUnsent(message),
    drop: (key) => cache.dropUnsent(key),
    sent: (message, eventId) => hooks.sent(message.roomId, conversations.sent(message, eventId)),
    changed: (roomId) => conversations.changed(roomId),
    wait: hooks.wait,
    trouble: hooks.trouble,
  });
  const conversations: Conversations = new Conversations({
    ownId,
    partners,
    people,
    list,
    api,
    cache,
    media,
    outbox,
    now: ports.now,
    trouble: hooks.trouble,
    read: async (roomId, events) => (await hooks.machine()).readAll(roomId, events),
    post: {
      timeline: (patch) => ports.post({ type: 'timeline-patch', patch }),
      details: (snapshot) => ports.post({ type: 'details', snapshot }),
    },
  });
  const sender = new Sender({ list, api, conversations, now: ports.now, machine: hooks.machine });
  const changed = (roomId: string): void => conversations.changed(roomId);
  return {
    outbox,
    sender,
    conversations,
    readMarkers: new ReadMarkers({ list, api, now: ports.now, changed }),
  };
}

function buildCalls(basics: Basics, writing: Writing): Calls {
  const { settings, hooks, ownId, http, api, list, context } = basics;
  const { now, post } = settings.ports;
  return new Calls({
    ownId,
    http,
    api,
    list,
    context,
    now,
    post,
    deviceId: settings.session.deviceId,
    trouble: hooks.trouble,
    send: (roomId, type, content) =>
      writing.sender.send({ key: crypto.randomUUID(), roomId, type, content, at: now(), failed: null }),
    membersOf: async (roomId) => {
      const conversation = await writing.conversations.get(roomId);
      await conversation.ensureState();
      return conversation.state.recipients();
    },
  });
}

function buildReading(
  basics: Basics,
  writing: Writing,
  calls: Calls,
): { readonly pipeline: Pipeline; readonly backfill: Backfill } {
  const { settings, hooks, ownId, api, people, list, context } = basics;
  const { machine, machineNow, trouble } = hooks;
  const { now, post } = settings.ports;
  const reading = () => pipeline.reading();
  const notables = new Notables({
    reading,
    context,
    post: (snapshot) => post({ type: 'notable', snapshot }),
  });
  const pipeline: Pipeline = new Pipeline({
    ownId,
    list,
    people,
    now,
    machine,
    machineNow,
    trouble,
    conversations: writing.conversations,
    heard: (room, readable) => {
      calls.hear(room.id, readable);
      notables.hear(room, readable);
    },
    changed: (rooms) => hooks.roomsChanged(rooms.map((room) => room.roomId)),
  });
  const decrypted = (roomId: string, readable: ReadableEvent): void => void pipeline.reread(roomId, readable);
  return { pipeline, backfill: new Backfill({ list, api, machine, trouble, reading, decrypted }) };
}
