import { z } from 'zod';
import { event, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { CHECKS, FINDINGS } from './findings.ts';
import { Timestamp } from './values.ts';

/** One of the checks. */
export const CheckId = z.enum(CHECKS);
export type CheckId = z.infer<typeof CheckId>;

const FindingCode = z.enum([...FINDINGS.ok, ...FINDINGS.watch, ...FINDINGS.broken]);
export type FindingCode = z.infer<typeof FindingCode>;

/** What was found, with values for its words: hosts, counts, versions. Safe to show and to paste. */
export const Finding = z.strictObject({
  code: FindingCode,
  facts: z.record(z.string().max(40), z.union([z.string().max(500), z.number()])),
});
export type Finding = z.infer<typeof Finding>;

/** Parts of the program that can stop by themselves. */
export const CrashedPart = z.enum(['program', 'page', 'chat', 'files', 'call', 'graphics']);
export type CrashedPart = z.infer<typeof CrashedPart>;

/** A part of the program that stopped by itself, as it is noted on this PC. */
export const Crash = z.strictObject({
  at: Timestamp,
  part: CrashedPart,
  /** A word of the system's: `crashed`, `oom`. */
  reason: z.string().max(100),
  version: z.string().max(40),
});
export type Crash = z.infer<typeof Crash>;

/** Pages of the system's own settings that a remedy leads to. */
export const SystemPanel = z.enum(['microphone', 'camera', 'clock', 'proxy', 'storage']);
export type SystemPanel = z.infer<typeof SystemPanel>;

/** What was put together to be handed over; what is shown of it is what will be saved. */
export const ReportBundle = z.strictObject({
  bundleId: z.uuid(),
  files: z.array(
    z.strictObject({ name: z.string().max(100), bytes: z.number().int(), pages: z.number().int() }),
  ),
});
export type ReportBundle = z.infer<typeof ReportBundle>;

/** How long the page waits for a check: longer than the longest takes. */
const CHECK_TIMEOUT_MS = 30_000;

/** Finding out what is wrong here, and handing that over on purpose: nothing leaves this PC by itself. */
export const diagnostics = {
  audience: 'app',
  requests: {
    /** Checks one thing, within its time. `devices` is how many microphones or cameras the page sees. */
    check: request(
      {
        request: z.strictObject({ check: CheckId, devices: z.number().int().min(0).max(1000).nullable() }),
        answer: Finding,
      },
      CHECK_TIMEOUT_MS,
    ),
    /** Ends a check that runs; it is then answered with `cancelled`. */
    stop: request({ request: z.strictObject({ check: CheckId }), answer: Nothing }),
    /** Opens a page of the system's settings; `false` where the system has no such address. */
    openSystem: request({
      request: z.strictObject({ panel: SystemPanel }),
      answer: z.strictObject({ opened: z.boolean() }),
    }),
    /** What stopped by itself, oldest first, and whether a report may be saved here. */
    state: request({
      request: Nothing,
      answer: z.strictObject({
        crashes: z.array(Crash),
        /** How many of them, the last ones, nobody was told of yet. */
        unseen: z.number().int(),
        mayExport: z.boolean(),
      }),
    }),
    /** The person was told of what stopped. */
    dismissCrashes: request({ request: Nothing, answer: Nothing }),
    /** The page's worker broke. */
    noteChatCrash: request({ request: Nothing, answer: Nothing }),
    /** Puts the report together; the one before is forgotten. Throws `forbidden.setting` where it may not be saved. */
    prepare: request(
      { request: z.strictObject({ withFileNames: z.boolean() }), answer: ReportBundle },
      PATIENT_TIMEOUT_MS,
    ),
    /** A page of a file of the report, from 0. */
    read: request({
      request: z.strictObject({
        bundleId: z.uuid(),
        name: z.string().max(100),
        page: z.number().int().min(0).max(10_000),
      }),
      answer: z.strictObject({ text: z.string() }),
    }),
    /** Saves the report as a zip where the person says; false when they cancelled. */
    save: request(
      {
        request: z.strictObject({ bundleId: z.uuid() }),
        answer: z.strictObject({ saved: z.boolean() }),
      },
      PATIENT_TIMEOUT_MS * 5,
    ),
  },
  events: {
    /** Something stopped while the page was there: ask again. */
    crashed: event(Nothing, 'latest'),
  },
} as const;
