import { z } from 'zod';
import { BrandView } from './brand.ts';
import { event, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { Label, SalonId, Timestamp } from './values.ts';

/** A host of a conference server, with a port where it is not the usual one; in small letters, so that it can be compared. */
export const ConferenceDomain = z
  .string()
  .regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/i)
  .toLowerCase();

/** What names a conference: data of the room's widget event (im.vector.modular.widgets, as Element writes it). */
export const Conference = z.strictObject({
  domain: ConferenceDomain,
  conferenceId: z.string().regex(/^[\w.-]{1,255}$/),
  audioOnly: z.boolean(),
  auth: z.enum(['none', 'openidtoken-jwt']),
});
export type Conference = z.infer<typeof Conference>;

/** Someone in the conference, as the conference server names them. */
export const Participant = z.strictObject({ id: z.string().max(200), name: Label });

/** One call of this person, from the click to the end. */
export const CallState = z.strictObject({
  salonId: SalonId,
  phase: z.discriminatedUnion('phase', [
    z.strictObject({ phase: z.literal('joining') }),
    z.strictObject({ phase: z.literal('lobby') }),
    z.strictObject({
      phase: z.literal('joined'),
      since: Timestamp,
      participants: z.array(Participant).max(500),
    }),
    z.strictObject({ phase: z.literal('left') }),
  ]),
});
export type CallState = z.infer<typeof CallState>;

/** What is known of a call at the click on the telephone. */
export const CallStart = z.strictObject({
  salonId: SalonId,
  salonName: Label,
  displayName: Label,
  /** Where the call goes on already; null for a new one. */
  domain: ConferenceDomain.nullable(),
  audioOnly: z.boolean(),
});
export type CallStart = z.infer<typeof CallStart>;

/** Where a call is, once the chat has said so. */
export const CallPlace = z.strictObject({
  conference: Conference,
  /** For servers that ask for one (`openidtoken-jwt`); never logged. */
  jwt: z.string().max(8000).nullable(),
});
export type CallPlace = z.infer<typeof CallPlace>;

/** Calls, seen from the app window. */
export const calls = {
  audience: 'app',
  requests: {
    /** Conference domains of brand and policy; the first is for new calls. */
    domains: request({ request: Nothing, answer: z.array(ConferenceDomain) }),
    /** Asks a conference server how it lets people in (`/.well-known/element/jitsi`). */
    probe: request({
      request: z.strictObject({ domain: ConferenceDomain }),
      answer: z.strictObject({ auth: z.enum(['none', 'openidtoken-jwt']) }),
    }),
    /**
     * Opens the call window at once; `connect` or `leave` must follow. Brings it to the front instead, `isNew` false,
     * when this salon's call is open. Another salon's call is left: one voice is in one call.
     */
    open: request({ request: CallStart, answer: z.strictObject({ isNew: z.boolean() }) }),
    /** Tells the open window where its call is; `cancelled` when it was closed meanwhile. */
    connect: request({
      request: z.strictObject({ salonId: SalonId, ...CallPlace.shape }),
      answer: Nothing,
    }),
    leave: request({ request: z.strictObject({ salonId: SalonId }), answer: Nothing }),
  },
  events: {
    changed: event(CallState),
  },
} as const;

/** A screen or window that can be shared, with a small picture (data address). */
export const ScreenSource = z.strictObject({
  id: z.string().max(200),
  name: Label,
  kind: z.enum(['screen', 'window']),
  thumbnail: z.string().startsWith('data:image/').max(500_000),
});
export type ScreenSource = z.infer<typeof ScreenSource>;

/** What the call window needs to show itself. */
export const CallContext = z.strictObject({
  ...CallStart.omit({ domain: true }).shape,
  domain: ConferenceDomain,
  language: z.enum(['fr', 'en']),
  reducedEffects: z.boolean(),
  startMuted: z.boolean(),
  /** Who begins a call has its waiting room on. */
  lobby: z.boolean(),
  /** Lines of the picture that this camera sends at most. */
  videoHeight: z.number().int().min(180).max(1080),
  /** Whose program it is. */
  brand: z.strictObject({
    productName: BrandView.shape.productName,
    logo: BrandView.shape.logo,
    colours: BrandView.shape.colours,
  }),
});
export type CallContext = z.infer<typeof CallContext>;

/** What a key does in the call window: Ctrl D, Ctrl E, Escape, F6. */
export const CallCommand = z.enum(['toggle-microphone', 'toggle-camera', 'dismiss', 'next-pane']);
export type CallCommand = z.infer<typeof CallCommand>;

/** Calls, seen from the call window. */
export const callWindow = {
  audience: 'call',
  requests: {
    context: request({ request: Nothing, answer: CallContext }),
    /** Where the call is: answered when the chat has prepared it. The only secrets a call window holds. */
    place: request({ request: Nothing, answer: CallPlace }, PATIENT_TIMEOUT_MS),
    /**
     * Why the conference server could not be used, asked when its script did not load: fails with `unreachable`,
     * `certificate` or `not-a-server`, and answers nothing when the server is well by now.
     */
    diagnose: request({ request: Nothing, answer: Nothing }, 15_000),
    /** Tells the app window how the call is. */
    report: request({ request: CallState.shape.phase, answer: Nothing }),
    /** Brings the app window with this salon's conversation to the front. */
    showConversation: request({ request: Nothing, answer: Nothing }),
    /** Makes the window small and keeps it above the others, or gives it back its size. */
    setCompact: request({ request: z.strictObject({ compact: z.boolean() }), answer: Nothing }),
    /** Ends the call: the window closes. */
    close: request({ request: Nothing, answer: Nothing }),
    /** The person chose what to share, or nothing. */
    chooseSource: request(
      { request: z.strictObject({ sourceId: z.string().max(200).nullable() }), answer: Nothing },
      PATIENT_TIMEOUT_MS,
    ),
  },
  events: {
    /** The conference asked for a screen: show these and answer with `chooseSource`. */
    sourcesOffered: event(z.strictObject({ sources: z.array(ScreenSource).max(100) })),
    /** A key was pressed while the conference's own frame had the focus, where this page hears none. */
    shortcut: event(z.strictObject({ command: CallCommand })),
  },
} as const;
