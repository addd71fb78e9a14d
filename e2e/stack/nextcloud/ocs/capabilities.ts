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
  const { version, capabilities: sections } = parsed.ocs.data;
  if (!signedIn) {
    const shown = Object.entries(sections).filter(([name]) => anonymousSections.has(name));
    return { version, capabilities: Object.fromEntries(shown) };
  }
  return { version, capabilities: { ...sections, ...newerSections(standin, exchange, sections) } };
}

/** What the switches add. */
function newerSections(standin: Standin, exchange: Exchange, sections: Record<string, Section>): Section {
  const { switches } = standin;
  const added: Record<string, OcsData> = {};
  if (switches.bulkUpload) added.dav = { ...sections.dav, bulkupload: '1.0' };
  if (switches.forbiddenCharacters.length > 0) {
    added.files = { ...sections.files, forbidden_filename_characters: [...switches.forbiddenCharacters] };
  }
  if (switches.notifyPush) {
    const socket = `${exchange.origin.replace(/^http/, 'ws')}/push/ws`;
    added.notify_push = {
      type: ['files', 'activities', 'notifications'],
      endpoints: { websocket: socket },
    };
  }
  return added;
}
