import { z } from 'zod';
import { MOST_PASTED_BYTES } from '../../preload/contract/files.ts';
import type { Proxies, SyncEvent } from '../sync/api.ts';

export type { Proxies };

/**
 * The words between main and the sync process, checked in both directions: a fault in one must not become a deed of the
 * other. The shapes are the engine's (main/sync/api.ts and host.ts).
 */

const PairId = z.string().min(1).max(100);
const Path = z.string().max(4096);
const AbsolutePath = z.string().min(1).max(33_000);
/** Names, words and addresses. */
const Words = z.string().min(1).max(2000);
const Address = z.url({ protocol: /^https?$/ }).max(2000);

/** Folders that are not wanted on this computer. */
const Unwanted = z.array(Path).max(2000);

/** What the organisation leaves out, beside what is built in: patterns of names, and files of more bytes. */
const LeaveOut = z.strictObject({
  ignore: z.array(z.string().min(1).max(255)).max(200).readonly(),
  maxFileSize: z.int().positive().exactOptional(),
});
export type LeaveOut = z.infer<typeof LeaveOut>;

/** When deletions want a person's word. */
const Guard = z.strictObject({
  files: z.int().positive(),
  share: z.number().positive().max(1),
  shareFrom: z.int().positive(),
  emptiedFrom: z.int().positive(),
});

/** Files of a certificate that the server may ask for. */
const Certificate = z.strictObject({
  file: AbsolutePath,
  keyFile: AbsolutePath.exactOptional(),
  passphraseFile: AbsolutePath.exactOptional(),
});

const Config = z.strictObject({
  id: PairId,
  remote: z.strictObject({
    url: Address,
    user: Words,
    loginName: Words,
    password: Words,
    rootPath: Path.startsWith('/'),
    certificate: Certificate.exactOptional(),
  }),
  localDir: AbsolutePath,
  journalPath: AbsolutePath,
  options: LeaveOut.extend({
    conflictLabel: Words,
    unwanted: Unwanted,
    guard: Guard.exactOptional(),
    mostBytes: z.int().positive().exactOptional(),
  }),
});

const Bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= MOST_PASTED_BYTES,
);
const Source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('path'), path: AbsolutePath }),
  z.strictObject({ kind: z.literal('bytes'), name: Words, bytes: Bytes }),
]);

const Surroundings = z.strictObject({
  attention: z.enum(['foreground', 'background']),
  network: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('offline') }),
    z.strictObject({
      kind: z.literal('online'),
      /** All addresses of the computer. */
      line: z.string().max(100_000),
      /** HTTP proxies by the origins of the servers that they lead to. */
      proxies: z.record(Address, Address).exactOptional(),
    }),
  ]),
  metered: z.boolean(),
  power: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('mains') }),
    z.strictObject({ kind: z.literal('battery'), level: z.number().min(0).max(1).exactOptional() }),
  ]),
  wokeAt: z.number(),
});
export type Surroundings = z.infer<typeof Surroundings>;

const PauseRules = z.strictObject({
  pauseOnBattery: z.enum(['never', 'low', 'always']),
  pauseOnMetered: z.boolean(),
});
export type PauseRules = z.infer<typeof PauseRules>;

const SpeedLimit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('fixed'), bytesPerSecond: z.number().positive() }),
  z.strictObject({ kind: z.literal('share'), share: z.number().positive().max(1) }),
]);
const SpeedLimits = z.strictObject({ up: SpeedLimit, down: SpeedLimit });
export type SpeedLimits = z.infer<typeof SpeedLimits>;

/** A conflict as the engine keeps it. */
const Settled = z.strictObject({ path: Path, copy: Path, at: z.int().nonnegative() });

const pair = { pair: PairId };

/** What main may ask of the engine. */
export const SyncCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), config: Config, isSuspect: z.boolean().exactOptional() }),
  z.strictObject({ type: z.literal('close'), ...pair }),
  z.strictObject({ type: z.literal('surroundings'), surroundings: Surroundings }),
  z.strictObject({ type: z.literal('rules'), rules: PauseRules, limits: SpeedLimits }),
  z.strictObject({ type: z.literal('overrule'), ...pair }),
  z.strictObject({ type: z.literal('syncNow'), ...pair }),
  z.strictObject({ type: z.literal('pause'), ...pair }),
  z.strictObject({ type: z.literal('resume'), ...pair }),
  z.strictObject({ type: z.literal('retry'), ...pair, path: Path }),
  z.strictObject({ type: z.literal('confirmGuard'), ...pair, guard: Words }),
  z.strictObject({ type: z.literal('refuseGuard'), ...pair, guard: Words }),
  z.strictObject({ type: z.literal('choose'), ...pair, unwanted: Unwanted }),
  z.strictObject({ type: z.literal('setPassword'), ...pair, password: Words }),
  z.strictObject({ type: z.literal('importFile'), ...pair, source: Source, targetDir: Path }),
  z.strictObject({ type: z.literal('list'), ...pair, folder: Path }),
  z.strictObject({ type: z.literal('weigh'), ...pair }),
  z.strictObject({ type: z.literal('waiting'), ...pair }),
  z.strictObject({ type: z.literal('problems'), ...pair }),
  z.strictObject({ type: z.literal('conflicts'), ...pair }),
  z.strictObject({ type: z.literal('noteConflict'), ...pair, conflict: Settled }),
  z.strictObject({ type: z.literal('state'), ...pair }),
]);
export type SyncCommand = z.infer<typeof SyncCommand>;
export type PairConfig = z.infer<typeof Config>;

/** A command with the number its answer will carry, the answer to a question of the engine, a look whether it is well, or the end of all. */
export const HostRequest = z.union([
  z.strictObject({ id: z.int().nonnegative(), command: SyncCommand }),
  z.strictObject({ trashed: z.int().nonnegative(), ok: z.boolean() }),
  z.strictObject({ labelled: z.int().nonnegative(), label: Words.nullable() }),
  z.strictObject({ pulse: z.int().nonnegative() }),
  z.literal('close'),
]);
export type HostRequest = z.infer<typeof HostRequest>;

/** Events are plain data of our own engine: their outline is checked, the rest is typed by main/sync/api.ts. */
const Event = z.custom<SyncEvent>(
  (value) => z.object({ type: z.string(), pair: z.string(), at: z.number() }).safeParse(value).success,
);

/** What the engine says. */
export const HostMessage = z.discriminatedUnion('kind', [
  z.discriminatedUnion('ok', [
    z.object({ kind: z.literal('answer'), id: z.int(), ok: z.literal(true), value: z.unknown() }),
    z.object({
      kind: z.literal('answer'),
      id: z.int(),
      ok: z.literal(false),
      code: z.string().max(100),
      detail: z.string().max(2000),
    }),
  ]),
  z.object({ kind: z.literal('progress'), id: z.int(), bytesDone: z.number(), bytesTotal: z.number() }),
  z.object({ kind: z.literal('event'), event: Event }),
  z.object({ kind: z.literal('trash'), id: z.int(), path: AbsolutePath }),
  z.object({ kind: z.literal('label'), id: z.int(), pair: PairId, path: Path }),
  z.object({ kind: z.literal('pulse'), id: z.int() }),
]);
export type HostMessage = z.infer<typeof HostMessage>;
