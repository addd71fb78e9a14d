import { matchesHost } from '../policy/host-pattern.ts';
import type { KnownServers } from './discover.ts';

/** Which servers a person may sign in to, beside those that an administrator decided. */
export interface AllowedServers {
  /** Hosts, or all below one (`*.metropole.example`); none: any. */
  readonly allowed?: readonly string[];
  /** Whether servers that the brand does not name may be used at all. */
  readonly mayChange?: boolean;
}

/** Whether a person may sign in to a server that no administrator decided. */
export function isAllowed(
  service: 'chat' | 'files',
  serverUrl: string,
  { policy: { allowed = [], mayChange = true }, brand }: KnownServers,
): boolean {
  const { host } = new URL(serverUrl);
  const own = brand[service];
  if (own !== null && new URL(own).host === host) return true;
  if (allowed.length > 0) return allowed.some((pattern) => matchesHost(pattern, host));
  return mayChange || own === null;
}
