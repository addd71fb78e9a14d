import { z } from 'zod';
import { type BareEvent, type Content, parseBareEvents, parseEvents } from '../events/event.ts';
import { type CryptoDelta, emptyRoomDelta, type Hero, type RoomDelta } from './delta.ts';

const looseMap = z.record(z.string(), z.unknown()).catch({});
const eventList = z.object({ events: z.unknown().optional() }).nullish().catch(null);
const count = z.number().int().nonnegative().nullish().catch(null);

const Joined = z.object({
  state: eventList,
  timeline: z
    .object({
      events: z.unknown().optional(),
      limited: z.boolean().catch(false),
      prev_batch: z.string().nullish(),
    })
    .nullish()
    .catch(null),
  ephemeral: eventList,
  account_data: eventList,
  summary: z
    .object({
      'm.heroes': z.array(z.string()).nullish().catch(null),
      'm.joined_member_count': count,
      'm.invited_member_count': count,
    })
    .nullish()
    .catch(null),
});

const Invited = z.object({ invite_state: eventList });

const Answer = z.object({
  next_batch: z.string(),
  rooms: z.object({ join: looseMap, invite: looseMap, leave: looseMap }).partial().nullish().catch(null),
  account_data: eventList,
  to_device: z
    .object({ events: z.array(z.unknown()).catch([]) })
    .nullish()
    .catch(null),
  device_lists: z
    .object({ changed: z.array(z.string()).catch([]), left: z.array(z.string()).catch([]) })
    .partial()
    .nullish()
    .catch(null),
  device_one_time_keys_count: z.record(z.string(), z.number()).catch({}),
  device_unused_fallback_key_types: z.array(z.string()).nullish().catch(null),
});

/** An answer of `GET /sync` after the outer check. */
export type ClassicAnswer = z.infer<typeof Answer>;

/** @throws ZodError when this is no sync answer at all. */
export function parseClassicAnswer(raw: unknown): ClassicAnswer {
  return Answer.parse(raw);
}

/** The rooms of an answer. On the first one (`known` answers false for all) nothing is live. */
export function classicRooms(answer: ClassicAnswer, known: (roomId: string) => boolean): RoomDelta[] {
  const { join = {}, invite = {}, leave = {} } = answer.rooms ?? {};
  return [
    ...Object.entries(join).map(([id, raw]) => stayed(id, raw, 'join', known(id))),
    ...Object.entries(invite).map(([id, raw]) => invited(id, raw)),
    ...Object.entries(leave).map(([id, raw]) => stayed(id, raw, 'leave', known(id))),
  ];
}

function stayed(roomId: string, raw: unknown, membership: 'join' | 'leave', known: boolean): RoomDelta {
  const empty = { ...emptyRoomDelta(roomId), membership };
  const parsed = Joined.safeParse(raw);
  if (!parsed.success) return empty;
  const { state, timeline, ephemeral, account_data, summary } = parsed.data;
  const events = parseEvents(timeline?.events);
  const passing = parseBareEvents(ephemeral?.events);
  return {
    ...empty,
    initial: !known,
    state: parseEvents(state?.events),
    timeline: events,
    live: known ? events.length : 0,
    gap: known && timeline?.limited === true,
    olderToken: timeline?.prev_batch ?? null,
    heroes: heroesOf(summary?.['m.heroes']),
    joinedCount: summary?.['m.joined_member_count'] ?? null,
    invitedCount: summary?.['m.invited_member_count'] ?? null,
    accountData: parseBareEvents(account_data?.events),
    receipts: ofType(passing, 'm.receipt'),
    typing: typingOf(ofType(passing, 'm.typing')),
  };
}

function invited(roomId: string, raw: unknown): RoomDelta {
  const parsed = Invited.safeParse(raw);
  return {
    ...emptyRoomDelta(roomId),
    initial: true,
    membership: 'invite',
    stripped: parsed.success ? parseBareEvents(parsed.data.invite_state?.events) : [],
  };
}

function heroesOf(ids: readonly string[] | null | undefined): readonly Hero[] | null {
  return ids?.map((userId) => ({ userId, name: null })) ?? null;
}

function ofType(events: readonly BareEvent[], type: string): Content | null {
  return events.find((event) => event.type === type)?.content ?? null;
}

const TypingContent = z.object({ user_ids: z.array(z.string()) });

function typingOf(content: Content | null): readonly string[] | null {
  const parsed = TypingContent.safeParse(content);
  return parsed.success ? parsed.data.user_ids : null;
}

/** What the answer says to encryption. @param forgotDevices a first answer tells no change of a device list. */
export function classicCrypto(answer: ClassicAnswer, forgotDevices: boolean): CryptoDelta {
  return {
    toDevice: answer.to_device?.events ?? [],
    deviceLists: { changed: answer.device_lists?.changed ?? [], left: answer.device_lists?.left ?? [] },
    oneTimeKeys: answer.device_one_time_keys_count,
    fallbackKeys: answer.device_unused_fallback_key_types ?? null,
    sliding: false,
    forgotDevices,
  };
}

/** Account data of the whole account. */
export function classicAccountData(answer: ClassicAnswer): readonly BareEvent[] {
  return parseBareEvents(answer.account_data?.events);
}
