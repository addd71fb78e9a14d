import { z } from 'zod';
import { type Content, parseBareEvents, parseEvents } from '../events/event.ts';
import { type CryptoDelta, emptyRoomDelta, type RoomDelta } from './delta.ts';

const Loose = z.record(z.string(), z.unknown());
const looseMap = Loose.catch({});
const count = z.number().int().nonnegative().nullish().catch(null);

const Room = z.object({
  initial: z.boolean().catch(false),
  required_state: z.unknown().optional(),
  timeline: z.unknown().optional(),
  invite_state: z.unknown().optional(),
  limited: z.boolean().catch(false),
  num_live: z.number().int().nonnegative().catch(0),
  prev_batch: z.string().nullish().catch(null),
  heroes: z
    .array(z.object({ user_id: z.string(), displayname: z.string().nullish().catch(null) }))
    .nullish()
    .catch(null),
  joined_count: count,
  invited_count: count,
  unstable_expanded_timeline: z.boolean().catch(false),
});

const Answer = z.object({
  pos: z.string(),
  lists: z.record(z.string(), z.object({ count: z.number() })).catch({}),
  rooms: looseMap,
  extensions: z
    .object({
      to_device: z
        .object({ next_batch: z.string().nullish(), events: z.array(z.unknown()).catch([]) })
        .nullish(),
      e2ee: z
        .object({
          device_lists: z
            .object({
              changed: z.array(z.string()).catch([]),
              left: z.array(z.string()).catch([]),
            })
            .nullish(),
          device_one_time_keys_count: z.record(z.string(), z.number()).catch({}),
          device_unused_fallback_key_types: z.array(z.string()).nullish().catch(null),
        })
        .nullish(),
      account_data: z.object({ global: z.unknown().optional(), rooms: looseMap }).nullish(),
      receipts: z.object({ rooms: looseMap }).nullish(),
      typing: z.object({ rooms: looseMap }).nullish(),
    })
    .catch({}),
});

/** An answer of simplified sliding sync (MSC4186, as Synapse sends it) after the outer check. */
export type SlidingAnswer = z.infer<typeof Answer>;

/** @throws ZodError when this is no sliding sync answer at all. */
export function parseSlidingAnswer(raw: unknown): SlidingAnswer {
  return Answer.parse(raw);
}

/** The rooms of an answer, with what the extensions say about each. */
export function slidingRooms(answer: SlidingAnswer): readonly RoomDelta[] {
  const { account_data, receipts, typing } = answer.extensions;
  const ids = new Set([
    ...Object.keys(answer.rooms),
    ...Object.keys(account_data?.rooms ?? {}),
    ...Object.keys(receipts?.rooms ?? {}),
    ...Object.keys(typing?.rooms ?? {}),
  ]);
  return [...ids].map((roomId) =>
    roomPart(roomId, answer.rooms[roomId], {
      accountData: parseBareEvents(account_data?.rooms[roomId]),
      receipts: contentOf(receipts?.rooms[roomId]),
      typing: typingOf(typing?.rooms[roomId]),
    }),
  );
}

function roomPart(
  roomId: string,
  raw: unknown,
  extensions: Pick<RoomDelta, 'accountData' | 'receipts' | 'typing'>,
): RoomDelta {
  const parsed = Room.safeParse(raw);
  const empty = { ...emptyRoomDelta(roomId), ...extensions };
  if (!parsed.success) return empty;
  const room = parsed.data;
  const timeline = parseEvents(room.timeline);
  const stripped = parseBareEvents(room.invite_state);
  return {
    ...empty,
    initial: room.initial,
    membership: stripped.length > 0 ? 'invite' : null,
    state: parseEvents(room.required_state),
    timeline,
    live: Math.min(room.num_live, timeline.length),
    gap: room.limited && !room.initial && !room.unstable_expanded_timeline,
    olderToken: room.prev_batch ?? null,
    stripped,
    heroes: room.heroes?.map((hero) => ({ userId: hero.user_id, name: hero.displayname ?? null })) ?? null,
    joinedCount: room.joined_count ?? null,
    invitedCount: room.invited_count ?? null,
  };
}

/** What the answer says to encryption. */
export function slidingCrypto(answer: SlidingAnswer, forgotDevices: boolean): CryptoDelta {
  const { e2ee, to_device } = answer.extensions;
  return {
    toDevice: to_device?.events ?? [],
    deviceLists: { changed: e2ee?.device_lists?.changed ?? [], left: e2ee?.device_lists?.left ?? [] },
    oneTimeKeys: e2ee?.device_one_time_keys_count ?? {},
    fallbackKeys: e2ee?.device_unused_fallback_key_types ?? null,
    sliding: true,
    forgotDevices,
  };
}

const Ephemeral = z.object({ content: Loose });

function contentOf(raw: unknown): Content | null {
  const parsed = Ephemeral.safeParse(raw);
  return parsed.success ? parsed.data.content : null;
}

const Typing = z.object({ content: z.object({ user_ids: z.array(z.string()) }) });

function typingOf(raw: unknown): readonly string[] | null {
  const parsed = Typing.safeParse(raw);
  return parsed.success ? parsed.data.content.user_ids : null;
}
