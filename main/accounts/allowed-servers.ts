import { AppError } from '../contract/app-error.ts';
import { isSafeTransport } from '../http/http.ts';
import { matchesHost } from '../policy/host-pattern.ts';
import { normalised } from './address.ts';
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

/**
 * Throws `unsupported.insecure` for a server that would be spoken to in the clear, and `forbidden.setting` for another one
 * than the administrator's, or one that they do not allow.
 */
export function throwUnlessAllowed(service: 'chat' | 'files', serverUrl: string, known: KnownServers): void {
  if (!isSafeTransport(serverUrl)) throw new AppError('unsupported.insecure');
  const decided = known.policy[service];
  if (decided && normalised(decided, service) !== normalised(serverUrl, service))
    throw new AppError('forbidden.setting', { setting: `${service}Server` });
  if (!decided && !isAllowed(service, serverUrl, known))
    throw new AppError('forbidden.setting', { setting: 'allowedServers' });
}
