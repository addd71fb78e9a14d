import type { Service } from '../brand/schema.ts';

/** Whether a service's view may go to an address: its own host and those that the brand names for it, over TLS only. */
export function isOfService(service: Pick<Service, 'url' | 'hosts'>, address: string): boolean {
  const url = URL.parse(address);
  if (!url || url.protocol !== 'https:' || url.username || url.password) return false;
  const own = service.url === null ? null : URL.parse(service.url)?.host;
  return url.host === own || service.hosts.includes(url.host);
}
