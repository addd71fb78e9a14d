import type { PolicyValues } from '../policy/schema/table.ts';

/** The servers that are offered the person's sign-in at Windows or Kerberos, as Chromium's lists are written. */
export function negotiateLists({
  negotiateServers,
  delegateServers,
}: Pick<PolicyValues, 'negotiateServers' | 'delegateServers'>): {
  readonly allowed: string;
  readonly delegated: string;
} {
  // Chromium's lists know no ports: they stand for the host.
  const written = (hosts: readonly string[]): string =>
    hosts.map((host) => host.replace(/:\d+$/, '')).join(',');
  return { allowed: written(negotiateServers), delegated: written(delegateServers) };
}
