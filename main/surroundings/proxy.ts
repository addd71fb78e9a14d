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

const SCHEMES: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };
