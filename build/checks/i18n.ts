import { glob, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MESSAGES } from '../../preload/contract/messages.ts';
import { findDictionaryFaults, type Texts } from './i18n-dictionaries.ts';
import { findUseFaults, type Source } from './i18n-use.ts';

/*
 * node build/checks/i18n.ts: are all texts there in both languages, are all in use, are none missing, and are the
 * French ones written as French is? One line a finding; exit code 1 when there is one.
 */
const ROOT = join(import.meta.dirname, '../..');

const texts = await readDictionaries();
const sources = await readSources();
const asked = MESSAGES.flatMap((message) =>
  ['title', 'kept', 'action'].map((part) => `errors:${message}.${part}`),
);
const findings = [...findDictionaryFaults(texts), ...findUseFaults(texts, sources, asked)];
const summary = `i18n: ${Object.keys(texts.fr).length} texts, ${findings.length} findings`;
process.stdout.write(`${[...findings, summary].join('\n')}\n`);
process.exitCode = findings.length > 0 ? 1 : 0;

async function readDictionaries(): Promise<Texts> {
  const fr: Record<string, string> = {};
  const en: Record<string, string> = {};
  for await (const file of glob('renderer/i18n/{fr,en}/*.json', { cwd: ROOT })) {
    const namespace = basename(file, '.json');
    const content: unknown = JSON.parse(await readFile(join(ROOT, file), 'utf8'));
    flatten(`${namespace}:`, content, basename(dirname(file)) === 'fr' ? fr : en);
  }
  return { fr, en };
}

function flatten(path: string, content: unknown, into: Record<string, string>): void {
  if (typeof content === 'string') into[path] = content;
  else if (typeof content === 'object' && content !== null)
    for (const [name, inner] of Object.entries(content))
      flatten(path.endsWith(':') ? path + name : `${path}.${name}`, inner, into);
  else throw new Error(`${path} is neither a text nor a group of texts`);
}

async function readSources(): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for await (const file of glob('renderer/**/*.{ts,tsx}', { cwd: ROOT }))
    if (!/\.tests?\.tsx?$|\.d\.ts$/.test(file)) {
      const namespace = file.startsWith(join('renderer', 'calls', 'window')) ? 'call' : null;
      sources.push({ text: await readFile(join(ROOT, file), 'utf8'), namespace });
    }
  return sources;
}
