import type { ChatSession } from '../../../preload/contract/accounts.ts';

/** The databases of a session on this PC. */
export interface StoreNames {
  /** The cache belongs to the person: unsent messages outlive a session that expired. */
  readonly cache: string;
  /** The crypto store belongs to the device: another device's keys must not get in. */
  readonly crypto: string;
  /** How all databases of this person begin. */
  readonly prefix: string;
}

/** @returns the names of the session's databases. */
export function storeNames(session: ChatSession): StoreNames {
  const prefix = `traboule:${session.userId}:`;
  return { prefix, cache: `${prefix}cache`, crypto: `${prefix}${session.deviceId}` };
}
