import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

/**
 * Acts as any user of the server, at any past time, as the Matrix specification lets an application service
 * do (Application Service API, "Identity assertion" and "Timestamp massaging").
 */
export interface Seeder {
  /** The full id of a user by its local name. */
  userId(name: string): string;
  /** One request of the Client-Server API as that user; `at` (ms since 1970) dates the event it makes. */
  request<T = unknown>(as: string, method: string, path: string, body?: unknown, at?: number): Promise<T>;
  /** Sends an event to a room as that user and gives its id. */
  send(as: string, room: string, type: string, content: unknown, at?: number): Promise<string>;
  /** Sets a state event of a room as that user. */
  setState(as: string, room: string, type: string, key: string, content: unknown, at?: number): Promise<void>;
}

/** Writes the registration file that lets the seeder in. It has no address: Synapse never calls it. */
export async function writeSeederRegistration(file: string, token: string): Promise<void> {
  const registration = {
    id: 'seeder',
    url: null,
    as_token: token,
    hs_token: `${token}-unused`,
    sender_localpart: 'seeder',
    rate_limited: false,
    namespaces: { users: [{ exclusive: false, regex: '@.*' }], rooms: [], aliases: [] },
  };
  await writeFile(file, JSON.stringify(registration, null, 2), { mode: 0o600 });
}

/** The seeder of one server. */
export function seederFor(url: string, token: string, serverName: string): Seeder {
  const userId = (name: string) => `@${name}:${serverName}`;

  async function request<T>(
    as: string,
    method: string,
    path: string,
    body?: unknown,
    at?: number,
  ): Promise<T> {
    const address = new URL(`/_matrix/client/v3/${path}`, url);
    address.searchParams.set('user_id', userId(as));
    if (at !== undefined) address.searchParams.set('ts', String(Math.round(at)));
    const answer = await fetch(address, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} as ${as}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  const inRoom = (room: string, ...rest: string[]) =>
    ['rooms', room, ...rest].map(encodeURIComponent).join('/');
  return {
    userId,
    request,
    async send(as, room, type, content, at) {
      const path = inRoom(room, 'send', type, randomUUID());
      const { event_id: eventId } = await request<{ event_id: string }>(as, 'PUT', path, content, at);
      return eventId;
    },
    async setState(as, room, type, key, content, at) {
      await request(as, 'PUT', inRoom(room, 'state', type, key), content, at);
    },
  };
}
