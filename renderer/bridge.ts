import type { Outcome } from '../preload/contract/channel.ts';
import type { Bridge, DomainName } from '../preload/contract/index.ts';
import type { PreloadApi } from '../preload/contract/wire.ts';

/** The domains of the contract that the app window uses. */
export type AppDomains = Exclude<DomainName, 'callWindow'>;

/** All the app window can ask of main, and `offer`: makes dropped files known to main, a token for each on a disk. */
export type AppBridge = Bridge<AppDomains> & {
  readonly offer: PreloadApi['offer'];
};

/**
 * Turns what the preload exposes into the typed bridge of some domains: `bridge.files.open({...})` becomes
 * `invoke('files.open', {...})`. Names and payloads are checked by main; the types come from the contract.
 */
export function bridgeTo<Names extends DomainName>(api: PreloadApi, names: readonly Names[]): Bridge<Names> {
  const domains = names.map((name) => [name, domainProxy(api, name)] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the proxies answer whatever the contract names
  return Object.fromEntries(domains) as unknown as Bridge<Names>;
}

function domainProxy(api: PreloadApi, domain: string): object {
  const on = (event: string, listener: (payload: unknown) => void) =>
    api.subscribe(`${domain}.${event}`, listener);
  return new Proxy(
    { on },
    {
      get: (target, name) => {
        if (typeof name !== 'string' || name === 'then') return undefined;
        if (name === 'on') return target.on;
        return (payload?: unknown): Promise<Outcome<unknown>> => api.invoke(`${domain}.${name}`, payload);
      },
    },
  );
}

/** The app window's bridge. */
export function appBridge(api: PreloadApi): AppBridge {
  const domains = [
    'app',
    'accounts',
    'salons',
    'files',
    'fileActivity',
    'chosenFolders',
    'calls',
    'services',
    'downloads',
    'network',
    'settings',
    'diagnostics',
    'updates',
  ] as const;
  return { ...bridgeTo(api, domains), offer: api.offer };
}
