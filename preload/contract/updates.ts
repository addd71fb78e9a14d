import { z } from 'zod';
import { event, Nothing, request } from './channel.ts';
import { Timestamp } from './values.ts';

/** A version as a person reads it. */
const Version = z.string().min(1).max(60);

/** How this program stands towards newer versions. */
export const UpdateState = z.discriminatedUnion('status', [
  /**
   * It never looks: an administrator brings new versions (`managed`), decided against it (`decided`), nobody said where
   * they are (`no-feed`), or this copy can't renew itself (`loose`: it was unpacked by hand).
   */
  z.strictObject({ status: z.literal('off'), why: z.enum(['managed', 'decided', 'no-feed', 'loose']) }),
  z.strictObject({ status: z.literal('current'), lookedAt: Timestamp.nullable() }),
  z.strictObject({ status: z.literal('looking') }),
  z.strictObject({ status: z.literal('offered'), version: Version }),
  z.strictObject({ status: z.literal('fetching'), version: Version, percent: z.int().min(0).max(100) }),
  /** On this PC and found whole: it is put in its place when the program ends, or now. */
  z.strictObject({ status: z.literal('ready'), version: Version }),
  /** Nothing was changed. `untrusted`: not signed by who makes the program; `damaged`: not what was announced. */
  z.strictObject({ status: z.literal('failed'), why: z.enum(['unreachable', 'untrusted', 'damaged']) }),
]);
export type UpdateState = z.infer<typeof UpdateState>;

/** Whether the new version begins; else what stands in the way. */
export const Begin = z.strictObject({ outcome: z.enum(['begun', 'in-call', 'unsent', 'not-ready']) });
export type Begin = z.infer<typeof Begin>;

/** New versions of the program. */
export const updates = {
  audience: 'app',
  requests: {
    get: request({ request: Nothing, answer: UpdateState }),
    /** Looks now; what comes of it is told as it goes. */
    look: request({ request: Nothing, answer: Nothing }),
    fetch: request({ request: Nothing, answer: Nothing }),
    /** Ends the program and begins the new one, unless something would be lost. */
    install: request({ request: Nothing, answer: Begin }),
    /** How many messages and files of the person's are not out yet, as far as the page knows. */
    noteUnsent: request({ request: z.strictObject({ unsent: z.int().min(0) }), answer: Nothing }),
  },
  events: {
    changed: event(UpdateState, 'latest'),
  },
} as const;
