import type { Proxies } from '../files/protocol.ts';

/**
 * The address of the HTTP proxy that Chromium would use, from what it says of an address (`PROXY host:3128; DIRECT`);
 * nothing when it would go straight. SOCKS proxies are passed over: the engine does not speak it.
 */
export function proxyOf(rules: string): string | undefined {
  for (const rule of rules.split(';')) {
    const [kind = '', host = ''] = rule.trim().split(/\s+/);
    const scheme = SCHEMES[kind.toUpperCase()];
    if (kind.toUpperCase() === 'DIRECT') return undefined;
    const address = scheme === undefined ? undefined : `${scheme}://${host}`;
    if (address !== undefined && URL.canParse(address)) return address;
  }
  return undefined;
}

/** A file of proxies that comes to no end holds up nothing but what needs its answer. */
const RESOLVE_MS = 10_000;

/** What Chromium says of an address; as if it went straight when a file of proxies takes too long to say. */
export async function rulesInTime(resolve: (url: string) => Promise<string>, url: string): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve('DIRECT'), RESOLVE_MS);
  try {
    return await Promise.race([resolve(url), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The proxy of each server, as `proxyFor` answers for its address: a file of proxies may send every server another way.
 * Servers of one origin share theirs.
 */
export async function proxiesOf(
  servers: readonly string[],
  proxyFor: (url: string) => Promise<string | undefined>,
): Promise<Proxies> {
  const byOrigin = new Map(servers.map((url) => [new URL(url).origin, url]));
  const found = await Promise.all(
    [...byOrigin].map(async ([origin, url]) => [origin, await proxyFor(url)] as const),
  );
  return Object.fromEntries(
    found.flatMap(([origin, proxy]) => (proxy === undefined ? [] : [[origin, proxy]])),
  );
}

const SCHEMES: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };
