import { type DemoPerson, PEOPLE, type PersonKey } from './people.ts';
import type { DemoSalon } from './salons.ts';
import type { FileRef } from './synapse/history.ts';

/** A salon's folder on the file server. */
export interface MadeFolder {
  fileId: string;
  files: Map<string, FileRef>;
}

const AGENT_MAY = 31;
const PARTNER_MAY = 5;
const PARENT = 'Salons';
const FILE_ID =
  '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/></d:prop></d:propfind>';

/**
 * Makes a salon's folder in its manager's files, puts the salon's files in it and shares it with each member:
 * agents may change everything, partners read and add.
 */
export async function makeFolder(nextcloud: string, salon: DemoSalon): Promise<MadeFolder> {
  const manager: DemoPerson = PEOPLE[salon.manager];
  const own = new Account(nextcloud, manager);
  await own.makeFolder(PARENT);
  await own.makeFolder(`${PARENT}/${salon.name}`);
  const files = new Map<string, FileRef>();
  for (const [path, text] of Object.entries(salon.files)) {
    const parts = path.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth += 1)
      await own.makeFolder([PARENT, salon.name, ...parts.slice(0, depth)].join('/'));
    const inFiles = `${PARENT}/${salon.name}/${path}`;
    await own.put(inFiles, text);
    const mimeType = path.endsWith('.csv') ? 'text/csv' : 'text/plain';
    files.set(path, { fileId: await own.fileId(inFiles), size: Buffer.byteLength(text), mimeType });
  }
  for (const member of salon.members)
    if (member !== salon.manager) await own.share(`${PARENT}/${salon.name}`, member);
  return { fileId: await own.fileId(`${PARENT}/${salon.name}`), files };
}

/** One person's files over WebDAV and OCS, with their own password. */
class Account {
  readonly #server: string;
  readonly #person: DemoPerson;

  constructor(server: string, person: DemoPerson) {
    this.#server = server;
    this.#person = person;
  }

  async makeFolder(path: string): Promise<void> {
    await this.#dav('MKCOL', path, undefined, [201, 405]);
  }

  async put(path: string, text: string): Promise<void> {
    await this.#dav('PUT', path, text, [201, 204]);
  }

  async fileId(path: string): Promise<string> {
    const answer = await this.#dav('PROPFIND', path, FILE_ID, [207]);
    const id = /<oc:fileid>(\d+)<\/oc:fileid>/.exec(answer)?.[1];
    if (!id) throw new Error(`the file server gave no id for ${path}`);
    return id;
  }

  async share(path: string, member: PersonKey): Promise<void> {
    const { name, organisation }: DemoPerson = PEOPLE[member];
    const permissions = organisation ? PARTNER_MAY : AGENT_MAY;
    const address = new URL('/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json', this.#server);
    const answer = await fetch(address, {
      method: 'POST',
      headers: { ...this.#login(), 'ocs-apirequest': 'true', 'content-type': 'application/json' },
      body: JSON.stringify({ path: `/${path}`, shareType: 0, shareWith: name, permissions }),
    });
    if (!answer.ok) throw new Error(`sharing ${path} with ${name}: ${answer.status} ${await answer.text()}`);
  }

  async #dav(method: string, path: string, body: string | undefined, expected: number[]): Promise<string> {
    const segments = path.split('/').map(encodeURIComponent).join('/');
    const address = new URL(`/remote.php/dav/files/${this.#person.name}/${segments}`, this.#server);
    const headers = { ...this.#login(), ...(method === 'PROPFIND' ? { depth: '0' } : {}) };
    const answer = await fetch(address, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    if (!expected.includes(answer.status)) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text;
  }

  #login(): Record<string, string> {
    const pair = `${this.#person.name}:${this.#person.password}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }
}
