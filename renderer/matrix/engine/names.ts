import type { ChatSession } from '../../../preload/contract/accounts.ts';

/** The databases of a session on this PC. */
export interface StoreNames {
  /** The cache belongs to the person: unsent messages outlive a session that expired. */
  readonly cache: string;
  /** The crypto store belongs to the device: another device's keys must not get in. */
  readonly crypto: string;
}

/** @returns the names of the session's databases. */
export function storeNames(session: Pick<ChatSession, 'userId' | 'deviceId' | 'passing'>): StoreNames {
  const { userId, deviceId, passing } = session;
  const prefix = passing === null ? prefixOf(userId) : passingPrefix(passing);
  return { cache: `${prefix}cache`, crypto: `${prefix}${deviceId}` };
}

/**
 * How all databases begin whose key is written nowhere: they have names of their own, so that what a key store may open
 * again is never taken for what nobody can read any more.
 */
export function passingPrefix(passing: string): string {
  return `traboule-passing:${passing}:`;
}

/** Whether a database is one that a sign-out ends: the person's, of whatever device, or one whose key ends with it. */
export function isOfSession(
  name: string,
  { userId, passing }: Pick<ChatSession, 'userId' | 'passing'>,
): boolean {
  return isOfPerson(name, userId) || (passing !== null && name.startsWith(passingPrefix(passing)));
}

/** Whether a database is one of a person's, of whatever device. The same name at the same host's other port is another's. */
export function isOfPerson(name: string, userId: string): boolean {
  const prefix = prefixOf(userId);
  return name.startsWith(prefix) && !/^\d+:/.test(name.slice(prefix.length));
}

function prefixOf(userId: string): string {
  return `traboule:${userId}:`;
}
