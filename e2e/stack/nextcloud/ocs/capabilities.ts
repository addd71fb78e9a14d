import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import type { OcsData } from './ocs-reply.ts';
import { replyOcs } from './ocs-reply.ts';

type Section = Record<string, OcsData>;

const section = z.record(z.string(), z.json());
const documentSchema = z.object({
  ocs: z.object({ data: z.object({ version: section, capabilities: z.record(z.string(), section) }) }),
});

/** The whole document of the recorded server; `{host}` stands for its address. */
const recorded = readFileSync(new URL('../fixtures/capabilities.json', import.meta.url), 'utf8');

/** What a caller who has not signed in gets to see (01/03). */
const anonymousSections = new Set(['bruteforce', 'metadataAvailable', 'theming']);

/** GET cloud/capabilities, with an etag and 304 (01/02 to 01/05). */
export function replyCapabilities(standin: Standin, exchange: Exchange, caller: Caller | null): void {
  const data = capabilities(standin, exchange, caller !== null);
  const etag = `"${createHash('md5').update(JSON.stringify(data)).digest('hex')}"`;
  if (header(exchange, 'if-none-match') === etag) {
    reply(exchange, 304, { ETag: etag, 'Content-Type': 'application/json; charset=utf-8' });
    return;
  }
  replyOcs(exchange, data, { ETag: etag });
}

function capabilities(standin: Standin, exchange: Exchange, signedIn: boolean): OcsData {
  const host = exchange.origin.replace(/^https?:\/\//, '');
  const parsed = documentSchema.parse(JSON.parse(recorded.replaceAll('{host}', host)));
  const { capabilities: sections } = parsed.ocs.data;
  const [major = 0, minor = 0, micro = 0] = standin.switches.version.split('.').map(Number);
  const version = { ...parsed.ocs.data.version, major, minor, micro, string: standin.switches.version };
  if (!signedIn) {
    const shown = Object.entries(sections).filter(([name]) => anonymousSections.has(name));
    return { version, capabilities: Object.fromEntries(shown) };
  }
  const installed = Object.fromEntries(
    Object.entries(sections).filter(([name]) => name !== 'activity' || standin.switches.activityApp),
  );
  return { version, capabilities: { ...installed, ...newerSections(standin, exchange, sections, major) } };
}

/** What the switches add. */
function newerSections(
  { switches }: Standin,
  exchange: Exchange,
  sections: Record<string, Section>,
  major: number,
): Section {
  const forbidden = switches.forbiddenCharacters;
  const socket = `${exchange.origin.replace(/^http/, 'ws')}/push/ws`;
  return {
    ...(switches.bulkUpload ? { dav: { ...sections.dav, bulkupload: '1.0' } } : {}),
    ...(major >= 30 || forbidden.length > 0 ? { files: { ...sections.files, ...nameRules(forbidden) } } : {}),
    ...(switches.notifyPush
      ? { notify_push: { type: ['files', 'activities', 'notifications'], endpoints: { websocket: socket } } }
      : {}),
  };
}

/** The rules for names as servers from 30 on tell them. */
function nameRules(forbiddenCharacters: readonly string[]): Section {
  return {
    forbidden_filenames: ['.htaccess'],
    forbidden_filename_basenames: [],
    forbidden_filename_characters: ['\\', '/', ...forbiddenCharacters],
    forbidden_filename_extensions: ['.part', '.filepart'],
  };
}
