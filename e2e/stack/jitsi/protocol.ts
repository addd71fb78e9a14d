/**
 * What a conference page and the stand-in's server say to each other over the websocket `/signal`.
 * The media itself goes from page to page (WebRTC mesh) and never through the server.
 */
import { z } from 'zod';

const Id = z.string().min(1).max(40);
const Name = z.string().max(100);
const Media = z.enum(['audio', 'video']);
const Count = z.number().int().nonnegative();

/** What a participant shows of itself to the others. `hand` is when it was raised, 0 when it is down. */
const Self = z.strictObject({
  name: Name,
  audioMuted: z.boolean(),
  videoMuted: z.boolean(),
  sharing: z.boolean(),
  hand: z.number().nonnegative(),
});

/** What arrives at a page from one other participant, counted since they met. */
const Flow = z.strictObject({
  from: Id,
  framesDecoded: Count,
  screenFramesDecoded: Count,
  audioPackets: Count,
  width: Count,
  height: Count,
});
export type Flow = z.infer<typeof Flow>;

/** What two pages tell each other to connect: a session description or an ICE candidate (W3C WebRTC 1.0). */
const Signal = z.union([
  z.strictObject({
    description: z.strictObject({
      type: z.enum(['offer', 'answer', 'pranswer', 'rollback']),
      sdp: z.string(),
    }),
  }),
  z.strictObject({
    candidate: z.object({
      candidate: z.string(),
      sdpMid: z.string().nullable(),
      sdpMLineIndex: z.number().nullable(),
      usernameFragment: z.string().nullable(),
    }),
  }),
]);
export type Signal = z.infer<typeof Signal>;

/** From a page to the server. */
export const ClientWord = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    room: z.string().min(1).max(300),
    self: Self,
    password: z.string().max(100).optional(),
    jwt: z.string().max(8000).optional(),
  }),
  z.strictObject({ type: z.literal('signal'), to: Id, data: Signal }),
  z.strictObject({ type: z.literal('state'), self: Self }),
  z.strictObject({ type: z.literal('speaking'), on: z.boolean() }),
  z.strictObject({ type: z.literal('answer-knock'), id: Id, approved: z.boolean() }),
  z.strictObject({ type: z.literal('lobby'), on: z.boolean() }),
  z.strictObject({ type: z.literal('password'), password: z.string().max(100) }),
  z.strictObject({ type: z.literal('subject'), subject: z.string().max(300) }),
  z.strictObject({ type: z.literal('mute-everyone'), media: Media }),
  z.strictObject({ type: z.literal('kick'), id: Id }),
  z.strictObject({ type: z.literal('flows'), flows: z.array(Flow).max(100) }),
]);
export type ClientWord = z.infer<typeof ClientWord>;
export type Hello = Extract<ClientWord, { type: 'hello' }>;

export type Role = 'moderator' | 'participant';
export type SelfState = z.infer<typeof Self>;
export type Participant = SelfState & { id: string; role: Role };

/** Why somebody is not, or no longer, in the conference. */
export type Refusal = 'password' | 'denied' | 'token' | 'ended' | 'kicked';

/** From the server to a page. */
export type ServerWord =
  | { type: 'welcome'; you: Participant; others: Participant[]; subject: string; speaker: string | null }
  | { type: 'waiting' }
  | { type: 'refused'; reason: Refusal }
  | { type: 'knock'; id: string; name: string }
  | { type: 'knock-gone'; id: string }
  | { type: 'joined'; participant: Participant }
  | { type: 'left'; id: string }
  | { type: 'changed'; id: string; self: SelfState }
  | { type: 'role'; id: string; role: Role }
  | { type: 'signal'; from: string; data: Signal }
  | { type: 'mute'; media: 'audio' | 'video' }
  | { type: 'subject'; subject: string }
  | { type: 'speaker'; id: string | null };

/** The path of the websocket. */
export const SIGNAL_PATH = '/signal';
