/** What curl and most programs of the command line read, in either case. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The HTTP proxy for an address, by the environment: `HTTPS_PROXY` or `HTTP_PROXY`, unless the host or a domain it is in
 * stands in `NO_PROXY` (`*` for all).
 */
export function environmentProxy(url: string, environment: Environment): string | undefined {
  const { protocol, hostname } = new URL(url);
  const said = read(protocol === 'https:' ? 'https_proxy' : 'http_proxy', environment);
  if (said === undefined || isExempt(hostname, read('no_proxy', environment) ?? '')) return undefined;
  const proxy = said.includes('://') ? said : `http://${said}`;
  return /^https?:/.test(proxy) && URL.canParse(proxy) ? proxy : undefined;
}

function read(name: string, environment: Environment): string | undefined {
  return environment[name] || environment[name.toUpperCase()] || undefined;
}

function isExempt(hostname: string, exempt: string): boolean {
  return exempt
    .split(/[\s,]+/)
    .filter((name) => name !== '')
    .map((name) => name.replace(/^\*?\./, '').toLowerCase())
    .some((name) => name === '*' || hostname === name || hostname.endsWith(`.${name}`));
}
