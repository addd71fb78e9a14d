import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { checkPacks } from './check/check.ts';
import { lookTogether } from './check/together.ts';
import { readValues } from './check/values.ts';
import { PACKS } from './chosen.ts';
import { type Answers, newBrand, usualAnswers, writePack } from './new-pack.ts';
import { findingLine, remedyOf } from './say.ts';
import { filled, type Question, type Words } from './words.ts';

/** What the command says and asks through. */
export interface Console {
  readonly words: Words;
  /** A line of what was asked for, and one about what went wrong. */
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Asks the person; null where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

const SWITCHES = [
  'name',
  'organisation',
  'tagline',
  'hosting',
  'scheme',
  'application-id',
  'accent',
] as const;
/** Field of `brand.json` that an answer ends in: it is checked as that one. */
const FIELDS: Readonly<Record<Question, RegExp>> = {
  name: /^(productName|folderName)/,
  organisation: /^organisation/,
  tagline: /^tagline/,
  hosting: /^hosting/,
  scheme: /^scheme/,
  'application-id': /^applicationId/,
  accent: /^colours/,
};
const ACCENT = /^#[0-9a-f]{6}$/i;

/**
 * Carries out `new ID` or `check [ID]`, or says how it is used. @returns the exit code: 0 done and right, 1 something to
 * mend, 2 not understood
 */
export async function brandCommand(args: readonly string[], io: Console): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.say(io.words.usage);
    return 0;
  }
  const read = readArguments(args);
  if (!read) return refuse(io, io.words.usage);
  const { values, positionals } = read;
  const { packs = PACKS, ...given } = values;
  const [command, id, ...more] = positionals;
  if (more.length === 0 && command === 'check') return check(packs, id, io);
  if (more.length === 0 && command === 'new') return make(packs, id, given, io);
  return refuse(io, io.words.usage);
}

/** The switches and what stands without one; null for a switch that there is not. */
function readArguments(args: readonly string[]) {
  const options = Object.fromEntries(
    [...SWITCHES, 'packs'].map((name) => [name, { type: 'string' } as const]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function check(packs: string, id: string | undefined, io: Console): Promise<number> {
  const { words, say } = io;
  const known = readdirSync(packs);
  if (id !== undefined && !known.includes(id)) return refuse(io, filled(words.noPack, id, known.join(', ')));
  const { packs: looked, findings } = await checkPacks(packs, id ?? null);
  for (const finding of findings) say(findingLine(finding, words));
  const isRight = findings.length === 0;
  say(isRight ? filled(words.right, looked.join(', ')) : filled(words.wrong, String(findings.length)));
  return isRight ? 0 : 1;
}

async function make(
  packs: string,
  id: string | undefined,
  given: Partial<Answers>,
  io: Console,
): Promise<number> {
  const { words } = io;
  if (id === undefined || !/^[a-z][a-z0-9-]{1,40}$/.test(id)) return refuse(io, filled(words.noId, id ?? ''));
  if (existsSync(join(packs, id))) return refuse(io, filled(words.there, id));
  const answers = await ask(id, given, io);
  const trouble = troubleOf(id, answers, SWITCHES, words);
  if (trouble !== null) return refuse(io, trouble);
  const folder = await writePack(packs, newBrand(id, answers));
  io.say(filled(words.written, relative(process.cwd(), folder), id));
  return 0;
}

/** What the switches say, then the person, then what is usual; an answer that can't be is asked again. */
async function ask(id: string, given: Partial<Answers>, { words, complain, ask }: Console): Promise<Answers> {
  let answers: Answers = { ...usualAnswers(id), ...given };
  if (!ask) return answers;
  const open = SWITCHES.filter((name) => given[name] === undefined);
  for (let question = open.shift(); question; ) {
    const typed = await ask(`${words.questions[question]} [${answers[question]}]: `);
    const tried: Answers = { ...answers, [question]: typed.trim() || answers[question] };
    const trouble = troubleOf(id, tried, [question], words);
    if (trouble === null) {
      answers = tried;
      question = open.shift();
    } else complain(trouble);
  }
  return answers;
}

/** What is wrong with some of the answers, in words; null when nothing is. */
function troubleOf(
  id: string,
  answers: Answers,
  questions: readonly Question[],
  words: Words,
): string | null {
  const told = (question: Question, field: string) =>
    filled(words.badAnswer, words.questions[question], remedyOf(field, words));
  const isColour = ACCENT.test(answers.accent);
  if (!isColour && questions.includes('accent')) return told('accent', 'colours.light.accent');
  const accent = isColour ? answers.accent : usualAnswers(id).accent;
  const values = readValues(JSON.stringify(newBrand(id, { ...answers, accent })));
  const findings = 'brand' in values ? lookTogether([values.brand]) : values.findings;
  for (const question of questions) {
    const finding = findings.find(({ field }) => FIELDS[question].test(field));
    if (finding?.code === 'taken')
      return filled(
        words.badAnswer,
        words.questions[question],
        filled(words.findings.taken, ...finding.about),
      );
    if (finding) return told(question, finding.field);
  }
  return null;
}

function refuse({ complain }: Console, why: string): number {
  complain(why);
  return 2;
}
