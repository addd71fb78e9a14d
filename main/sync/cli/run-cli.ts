import type { PairConfig, ProblemCode, Proxies, RunReport } from '../api.ts';
import { atDesk } from '../conduct.ts';
import { defaultPorts, newLine, newPushHub } from '../default-ports.ts';
import { RemoteFailure, type RemoteFailureCode } from '../model/failures.ts';
import type { Line } from '../ports/line.ts';
import type { PushHub } from '../remote/nextcloud/push-hub.ts';
import { whoAmI } from '../remote/nextcloud/who-am-i.ts';
import { createSyncPair, type SyncPair } from '../sync-pair.ts';
import { type CliRequest, isFault, readArguments } from './arguments.ts';
import { environmentProxy } from './environment-proxy.ts';
import { journalPlace, userPlace } from './journal-place.ts';
import { KnownUser } from './known-user.ts';
import { type Output, printer, printReport } from './printer.ts';
import { say, type Words, wordsFor } from './words.ts';

/** The exit codes that scripts rely on. */
const exitCodes = { inSync: 0, problems: 1, arguments: 2, server: 3, guarded: 4 } as const;

/** What the command line works with. */
export interface CliSurroundings {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
  readonly errors: Output;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Runs the command line; gives the exit code. */
export async function runCli(surroundings: CliSurroundings): Promise<number> {
  const { args, environment, output, errors, signal } = surroundings;
  const words = wordsFor(environment);
  const request = readArguments(args, environment);
  if (isFault(request)) {
    if (request.code !== 'help') errors.line(say(words.faults[request.code], request.about));
    errors.line(words.usage);
    return request.code === 'help' ? exitCodes.inSync : exitCodes.arguments;
  }
  const line = newLine();
  line.setLimits(request.limits);
  const proxy = environmentProxy(request.url, environment);
  const proxies = proxy === undefined ? {} : { [new URL(request.url).origin]: proxy };
  line.setProxies(proxies);
  const known = knownUserOf(request, environment);
  let config: PairConfig;
  try {
    config = await configOf(request, words, surroundings, line.open(), known);
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    tellUnreachable(codes[error.code] ?? 'notAServer', error, request, words, surroundings);
    return exitCodes.server;
  }
  const pair = createSyncPair(config, defaultPorts(pushThrough(proxies), line));
  const print = printer(words, output);
  pair.subscribe((event) => (request.json ? output.line(JSON.stringify(event)) : print(event)));
  try {
    const code = request.watch
      ? await watchUntil(signal, pair, request, words, output)
      : await once(pair, request, words, output, signal);
    // Whatever went wrong may be that it is another's account by now.
    await (code === exitCodes.inSync ? known.keep(config.remote.user) : known.forget());
    return code;
  } finally {
    await pair.stop();
  }
}

function pushThrough(proxies: Proxies): PushHub {
  const push = newPushHub();
  const { surroundings } = atDesk;
  push.follow({ ...surroundings, network: { kind: 'online', line: '', proxies } });
  return push;
}

function knownUserOf(
  { url, user: loginName, journal }: CliRequest,
  environment: CliSurroundings['environment'],
): KnownUser {
  return new KnownUser(
    journal === undefined ? userPlace({ url, loginName }, environment) : `${journal}.user`,
  );
}

async function configOf(
  request: CliRequest,
  words: Words,
  { environment, signal }: CliSurroundings,
  line: Line,
  known: KnownUser,
): Promise<PairConfig> {
  const { kind, url, user: loginName, password, localDir, remotePath } = request;
  const shown = request.certificate === undefined ? {} : { certificate: request.certificate };
  const ask = (): Promise<string> => whoAmI({ url, password, loginName, ...shown }, signal, line);
  const user = kind === 'webdav' ? loginName : await known.get(ask);
  const journalPath = request.journal ?? journalPlace({ url, user, localDir, remotePath }, environment);
  return {
    id: `${user}:${remotePath}`,
    remote: { kind, url, user, loginName, password, rootPath: remotePath, ...shown },
    localDir,
    journalPath,
    options: {
      unwanted: request.unwanted,
      maxFileSize: request.maxFileSize,
      conflictLabel: words.conflictLabel,
    },
  };
}

async function once(
  pair: SyncPair,
  request: CliRequest,
  words: Words,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const report = await pair.syncOnce(signal);
  if (request.json) output.line(JSON.stringify({ type: 'report', report }));
  else printReport(report, pair.state(), words, output);
  return exitCodeOf(report);
}

function exitCodeOf({ outcome }: RunReport): number {
  switch (outcome) {
    case 'inSync':
      return exitCodes.inSync;
    case 'guarded':
      return exitCodes.guarded;
    case 'offline':
    case 'signedOut':
      return exitCodes.server;
    case 'problems':
    case 'paused':
    case 'failed':
    case 'stopped':
      return exitCodes.problems;
    default:
      throw new Error(`unexpected outcome: ${String(outcome)}`);
  }
}

async function watchUntil(
  signal: AbortSignal,
  pair: SyncPair,
  request: CliRequest,
  words: Words,
  output: Output,
): Promise<number> {
  if (!request.json) output.line(words.watching);
  pair.start();
  await new Promise<void>((resume) => {
    if (signal.aborted) resume();
    else signal.addEventListener('abort', () => resume(), { once: true });
  });
  if (!request.json) output.line(words.stopped);
  const state = pair.state();
  if (state.kind === 'guarded') return exitCodes.guarded;
  if (state.kind === 'offline' || state.kind === 'signedOut') return exitCodes.server;
  return pair.problems().length > 0 ? exitCodes.problems : exitCodes.inSync;
}

const codes: Partial<Record<RemoteFailureCode, ProblemCode>> = {
  unauthorised: 'signedOut',
  unreachable: 'unreachable',
  timedOut: 'timedOut',
  badCertificate: 'badCertificate',
  certificateWanted: 'certificateWanted',
  proxyRefuses: 'proxyRefuses',
  maintenance: 'maintenance',
  unavailable: 'serverUnavailable',
  serverError: 'serverUnavailable',
};

function tellUnreachable(
  code: ProblemCode,
  failure: RemoteFailure,
  request: CliRequest,
  words: Words,
  { output, errors }: CliSurroundings,
): void {
  if (request.json) output.line(JSON.stringify({ type: 'failed', code, data: failure.data }));
  else errors.line(`${request.url}: ${words.problems[code]}`);
}
