import type { ItemAction, PairState, Problem, Progress, RunReport, SyncEvent } from '../api.ts';
import { say, type Words } from './words.ts';

/** Where lines go. */
export interface Output {
  /** Writes one line. */
  line(text: string): void;
  /** Shows how far it is, in a line that the next one takes the place of; `share` is from 0 to 1. */
  status(text: string, share?: number): void;
}

/** Prints events for a reader. */
export function printer(words: Words, output: Output): (event: SyncEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'item':
        if (event.phase === 'done') output.line(itemLine(event, words));
        break;
      case 'progress':
        output.status(progressLine(event.progress, words), shareOf(event.progress));
        break;
      case 'conflict':
        output.line(`! ${say(words.conflict, shown(event.conflict.path))} ${shown(event.conflict.copy)}`);
        break;
      case 'problem':
        output.line(problemLine(event.problem, words));
        break;
      case 'state':
        printState(event.state, words, output);
        break;
      case 'notice':
        output.line(`i ${say(words.notices[event.code], aboutOf(event))}`);
        break;
      case 'solved':
      case 'unwanted':
        break;
    }
  };
}

function aboutOf({ path, count }: Extract<SyncEvent, { readonly type: 'notice' }>): string {
  return count === 1 ? shown(path) : `${shown(path)} (+${count - 1})`;
}

/** What a run came to, for a reader. */
export function printReport(report: RunReport, state: PairState, words: Words, output: Output): void {
  if (report.outcome === 'inSync') output.line(words.inSync);
  if (report.problems.length > 0) {
    output.line(withProblems(report.problems.length, words));
    for (const problem of report.problems) output.line(`  ${problemLine(problem, words)}`);
  }
  if (state.kind === 'guarded') {
    output.line(`${words.guarded} ${words.guardReasons[state.guard.reason]}`);
    for (const { path, side } of state.guard.sample)
      output.line(`  ${side === 'local' ? '↓' : '↑'} ${shown(path)}`);
  }
  if (state.kind === 'error') output.line(`${words.problems[state.code]} (${state.detail})`);
}

/** A size for people: 1.2 MB. */
function sizeText(bytes: number, words: Words): string {
  const unit = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const value = bytes / 1000 ** unit;
  if (bytes === 1) return words.oneByte;
  const text = unit === 0 ? String(bytes) : value.toFixed(1).replace('.', words.decimal);
  return `${text} ${words.units[unit]}`;
}

function printState(state: PairState, words: Words, output: Output): void {
  if (state.kind === 'scanning') output.status(words.scanning);
  if (state.kind === 'offline') {
    const { code, retryAt } = state;
    const again =
      retryAt === undefined ? '' : ` (${say(words.retry, new Date(retryAt).toLocaleTimeString())})`;
    output.line(`${words.problems[code]}${again}`);
  }
  if (state.kind === 'signedOut') output.line(words.signedOut);
}

function itemLine(event: Extract<SyncEvent, { readonly type: 'item' }>, words: Words): string {
  const [sign, verb] = describe(event.action, words);
  const size = event.bytesTotal > 0 ? ` (${sizeText(event.bytesTotal, words)})` : '';
  return `${sign} ${verb} ${shown(event.path)}${size}`;
}

function describe(action: ItemAction, words: Words): readonly [string, string] {
  const { actions } = words;
  switch (action) {
    case 'upload':
      return ['↑', actions.upload];
    case 'download':
      return ['↓', actions.download];
    case 'createRemote':
      return ['↑', actions.folder];
    case 'createLocal':
      return ['↓', actions.folder];
    case 'moveLocal':
      return ['↓', actions.move];
    case 'moveRemote':
      return ['↑', actions.move];
    case 'removeLocal':
      return ['↓', actions.remove];
    case 'removeRemote':
      return ['↑', actions.remove];
    case 'evict':
      return ['↓', actions.evict];
    case 'resolve':
    case 'adopt':
    case 'turnAway':
    case 'forget':
      return ['=', actions.resolve];
    default:
      throw new Error(`unexpected action: ${String(action)}`);
  }
}

function progressLine(progress: Progress, words: Words): string {
  const { filesDone, filesTotal, bytesDone, bytesTotal, speed, secondsLeft } = progress;
  const left = secondsLeft === undefined ? '' : `, ${say(words.left, durationText(secondsLeft))}`;
  const bytes = `${sizeText(bytesDone, words)} / ${sizeText(bytesTotal, words)}`;
  const pace = speed > 0 ? `, ${sizeText(speed, words)}/s${left}` : '';
  return `${filesDone}/${filesTotal}, ${bytes}${pace}`;
}

function shareOf({ bytesDone, bytesTotal }: Progress): number {
  return bytesTotal === 0 ? 1 : bytesDone / bytesTotal;
}

/** 50 s, 3 min, 2 h 05. */
function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

function problemLine(problem: Problem, words: Words): string {
  const path = problem.path === '' ? '/' : shown(problem.path);
  return `✗ ${path}${words.colon} ${words.problems[problem.code]}`;
}

function withProblems(count: number, words: Words): string {
  return count === 1 ? words.withProblem : say(words.withProblems, String(count));
}

/** A name as a line can have it: what moves the cursor, ends the line or turns the writing round is not obeyed. */
function shown(path: string): string {
  return path.replaceAll(/[\p{Cc}\u2028-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
