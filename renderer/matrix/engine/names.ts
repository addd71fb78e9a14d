import type { ChatSession } from '../../../preload/contract/accounts.ts';

/** The databases of a session on this PC. */
export interface StoreNames {
  /** The cache belongs to the person: unsent messages outlive a session that expired. */
  readonly cache: string;
  /** The crypto store belongs to the device: another device's keys must not get in. */
  readonly crypto: string;
}

/** @returns the names of the session's databases. */
export function storeNames(session: ChatSession): StoreNames {
  const prefix = prefixOf(session.userId);
  return { cache: `${prefix}cache`, crypto: `${prefix}${session.deviceId}` };
}

/** Whether a database is one of a person's, of whatever device. The same name at the same host's other port is another's. */
export function isOfPerson(name: string, userId: string): boolean {
  const prefix = prefixOf(userId);
  return name.startsWith(prefix) && !/^\d+:/.test(name.slice(prefix.length));
}

function prefixOf(userId: string): string {
  return `traboule:${userId}:`;
}
