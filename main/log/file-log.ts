import { readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import log from 'electron-log/node.js';
import type { Log, LogDetails } from './log.ts';
import { redact } from './redact.ts';

const MAX_BYTES = 2_000_000;
const MAX_CHARS = 20_000;
/** With the current one: 8 MB at most. */
const KEPT_OLD_FILES = 3;

/** What is written: this and what is worse. */
export type LogLevel = 'error' | 'warn' | 'info';
const RANKS: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2 };

/**
 * Writes redacted lines to a file that only its owner can read, and rotates it. `echo` also writes to the terminal;
 * `most` is asked for each line.
 */
export function createFileLog(file: string, echo: boolean, most: () => LogLevel = () => 'info'): Log {
  const logger = log.create({ logId: file });
  const { transports } = logger;
  transports.file.resolvePathFn = () => file;
  transports.file.maxSize = MAX_BYTES;
  transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  transports.file.archiveLogFn = () => rotate(file);
  transports.file.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  transports.console.level = echo ? 'info' : false;
  const write =
    (level: LogLevel): Log['info'] =>
    (event, details, error) => {
      if (RANKS[level] <= RANKS[most()]) logger[level](lineOf(event, details, error));
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** One fact as one line of text, redacted; an error adds its stack and those of its causes. */
export function lineOf(event: string, details: LogDetails = {}, error?: unknown): string {
  const facts = Object.entries(details).map(([name, value]) => {
    const shown = String(value);
    return `${name}=${/[\s="'`\\]/.test(shown) ? JSON.stringify(shown) : shown}`;
  });
  const line = [event, ...facts].join(' ');
  const causes = causesOf(error).map((text) => `\n  ${text.replaceAll('\n', '\n  ')}`);
  return redact(shortened([line, ...causes].join(''))).replaceAll(homedir(), '~');
}

/** Nothing that helps is longer, and rules that look for secrets shall be quick. A word is not cut in two: it may be one. */
function shortened(text: string): string {
  return text.length <= MAX_CHARS ? text : `${text.slice(0, text.lastIndexOf(' ', MAX_CHARS))} …`;
}

/** The error and what caused it, outermost first; ten at most. */
function causesOf(error: unknown): string[] {
  const texts: string[] = [];
  let current = error;
  while (current instanceof Error && texts.length < 10) {
    texts.push(current.stack ?? current.message);
    current = current.cause;
  }
  return current === undefined ? texts : [...texts, typeof current];
}

/** Moves `main.log` to `main.1.log`, that one to `main.2.log`, and drops the oldest. */
function rotate(file: string): void {
  const name = basename(file, '.log');
  const old = (n: number) => join(dirname(file), `${name}.${n}.log`);
  const present = new Set(readdirSync(dirname(file)));
  rmSync(old(KEPT_OLD_FILES), { force: true });
  for (let n = KEPT_OLD_FILES - 1; n > 0; n -= 1) {
    if (present.has(basename(old(n)))) renameSync(old(n), old(n + 1));
  }
  renameSync(file, old(1));
}
