/**
 * The address of a conference page, with the options of the IFrame API in it as Jitsi Meet puts them:
 * the token and the language in the query, everything else in the fragment, JSON a key.
 */

/** The constructor's options that travel in the address. */
export type ConferenceOptions = {
  roomName: string;
  configOverwrite?: Record<string, unknown>;
  interfaceConfigOverwrite?: Record<string, unknown>;
  userInfo?: Record<string, unknown>;
  jwt?: string;
  lang?: string;
};

/** The same, as the conference page reads it. `frame` is `undefined` when it stands alone. */
export type ReadOptions = {
  room: string;
  frame: number | undefined;
  config: Readonly<Record<string, unknown>>;
  displayName: string;
  jwt: string | undefined;
  lang: 'fr' | 'en';
};

const FRAME_KEY = 'jitsi_meet_external_api_id';

/** The address for the frame, on the server `domain` (host, with a port where it has one). */
export function conferenceAddress(domain: string, frame: number, options: ConferenceOptions): string {
  const url = new URL(`https://${domain}/${encodeURIComponent(options.roomName)}`);
  if (options.jwt) url.searchParams.set('jwt', options.jwt);
  if (options.lang) url.searchParams.set('lang', options.lang);
  const pairs = [
    `${FRAME_KEY}=${frame}`,
    ...pairsOf('config', options.configOverwrite),
    ...pairsOf('interfaceConfig', options.interfaceConfigOverwrite),
    ...pairsOf('userInfo', options.userInfo),
  ];
  return `${url.href}#${pairs.join('&')}`;
}

/** Reads what `conferenceAddress` wrote. */
export function readAddress(address: string): ReadOptions {
  const url = new URL(address);
  const values = new Map(url.hash.slice(1).split('&').map(readPair));
  const config = Object.fromEntries(
    [...values].filter(([key]) => key.startsWith('config.')).map(([key, value]) => [key.slice(7), value]),
  );
  const frame = values.get(FRAME_KEY);
  const name = values.get('userInfo.displayName');
  const lang: unknown = url.searchParams.get('lang') ?? config.defaultLanguage;
  return {
    room: decodeURIComponent(url.pathname.slice(1)),
    frame: typeof frame === 'number' ? frame : undefined,
    config,
    displayName: typeof name === 'string' ? name : '',
    jwt: url.searchParams.get('jwt') ?? undefined,
    lang: typeof lang === 'string' && lang.startsWith('fr') ? 'fr' : 'en',
  };
}

function pairsOf(prefix: string, values: Record<string, unknown> = {}): string[] {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return present.map(([key, value]) => `${prefix}.${key}=${encodeURIComponent(JSON.stringify(value))}`);
}

function readPair(pair: string): [key: string, value: unknown] {
  const at = pair.indexOf('=');
  const text = decodeURIComponent(pair.slice(at + 1));
  try {
    return [pair.slice(0, at), JSON.parse(text)];
  } catch {
    return [pair.slice(0, at), text];
  }
}
