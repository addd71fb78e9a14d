import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClientCertificate, SpeedLimit, SpeedLimits } from '../api.ts';

/** What the command line asks for. */
export interface CliRequest {
  readonly url: string;
  readonly kind: 'nextcloud' | 'webdav';
  readonly user: string;
  readonly password: string;
  readonly localDir: string;
  readonly remotePath: string;
  readonly watch: boolean;
  readonly json: boolean;
  readonly journal: string | undefined;
  /** Folders that are not wanted here, as paths of the pair. */
  readonly unwanted: readonly string[];
  readonly limits: SpeedLimits;
  /** Bytes; larger files are left out. */
  readonly maxFileSize: number;
  /** For a server that asks for one. */
  readonly certificate: ClientCertificate | undefined;
}

/** Why the arguments make no sense; `about` names the argument or the variable. */
export interface ArgumentFault {
  readonly code:
    | 'missing'
    | 'unknown'
    | 'badUrl'
    | 'urlWithPassword'
    | 'badFolder'
    | 'emptyVariable'
    | 'both'
    | 'badLimit'
    | 'badSize'
    | 'help';
  readonly about: string;
}

const options = {
  url: { type: 'string' },
  webdav: { type: 'boolean' },
  user: { type: 'string' },
  'password-env': { type: 'string' },
  local: { type: 'string' },
  remote: { type: 'string' },
  journal: { type: 'string' },
  'exclude-folder': { type: 'string', multiple: true },
  'limit-up': { type: 'string' },
  'limit-down': { type: 'string' },
  'max-size': { type: 'string' },
  'client-certificate': { type: 'string' },
  'client-key': { type: 'string' },
  'client-passphrase-file': { type: 'string' },
  once: { type: 'boolean' },
  watch: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Reads the arguments. The password comes from a variable of the environment: arguments are seen by others. */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CliRequest | ArgumentFault {
  let values: Values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    return { code: 'unknown', about: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { code: 'help', about: '' };
  if (values.once === true && values.watch === true) return { code: 'both', about: '--once --watch' };
  const { url, user, local } = values;
  if (url === undefined) return { code: 'missing', about: '--url' };
  if (user === undefined) return { code: 'missing', about: '--user' };
  if (local === undefined) return { code: 'missing', about: '--local' };
  // Shells remember what was typed, and messages name the address.
  if (holdsPassword(url)) return { code: 'urlWithPassword', about: '--url' };
  if (!isWebAddress(url)) return { code: 'badUrl', about: url };
  const up = speedLimit(values['limit-up']);
  if (up === undefined) return { code: 'badLimit', about: `--limit-up ${values['limit-up']}` };
  const down = speedLimit(values['limit-down']);
  if (down === undefined) return { code: 'badLimit', about: `--limit-down ${values['limit-down']}` };
  const maxFileSize = size(values['max-size']);
  if (maxFileSize === undefined) return { code: 'badSize', about: `--max-size ${values['max-size']}` };
  const unwanted = values['exclude-folder'] ?? [];
  const notBelow = unwanted.find((folder) => !isBelow(folder));
  if (notBelow !== undefined) return { code: 'badFolder', about: `--exclude-folder ${notBelow}` };
  if (
    values['client-certificate'] === undefined &&
    (values['client-key'] ?? values['client-passphrase-file'])
  )
    return { code: 'missing', about: '--client-certificate' };
  const variable = values['password-env'];
  if (variable === undefined) return { code: 'missing', about: '--password-env' };
  const password = environment[variable];
  if (password === undefined || password === '') return { code: 'emptyVariable', about: variable };
  return {
    url,
    kind: values.webdav === true ? 'webdav' : 'nextcloud',
    user,
    password,
    localDir: resolve(local),
    remotePath: values.remote ?? '/',
    watch: values.watch === true,
    json: values.json === true,
    journal: values.journal === undefined ? undefined : resolve(values.journal),
    unwanted,
    limits: { up, down },
    maxFileSize,
    certificate: certificateOf(values),
  };
}

function certificateOf(values: Values): ClientCertificate | undefined {
  const file = values['client-certificate'];
  const keyFile = values['client-key'];
  const passphraseFile = values['client-passphrase-file'];
  if (file === undefined) return undefined;
  return {
    file: resolve(file),
    ...(keyFile === undefined ? {} : { keyFile: resolve(keyFile) }),
    ...(passphraseFile === undefined ? {} : { passphraseFile: resolve(passphraseFile) }),
  };
}

/** Whether reading the arguments failed. */
export function isFault(request: CliRequest | ArgumentFault): request is ArgumentFault {
  return 'code' in request;
}

const units: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6 };

/** `500kB` and `1.5MB` are a second's worth, `50%` a share of the line; nothing when it is neither. */
function speedLimit(text: string | undefined): SpeedLimit | undefined {
  if (text === undefined) return { kind: 'none' };
  const [, number = '', unit = ''] = /^(\d+(?:[.,]\d+)?) ?(kB|MB|%)$/.exec(text) ?? [];
  const value = Number(number.replace(',', '.'));
  if (unit === '%') return value > 0 && value < 100 ? { kind: 'share', share: value / 100 } : undefined;
  const bytesPerSecond = value * (units[unit] ?? 0);
  return bytesPerSecond >= leastSpeed ? { kind: 'fixed', bytesPerSecond } : undefined;
}

/** Bytes a second; with less, servers lose patience. */
const leastSpeed = 10_000;

const sizes: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** `500MB`, `1.5GB`; no limit when nothing is said, nothing when it is no size. */
function size(text: string | undefined): number | undefined {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const [, number = '', unit = ''] = /^(\d+(?:[.,]\d+)?) ?(kB|MB|GB)$/.exec(text) ?? [];
  const bytes = Math.floor(Number(number.replace(',', '.')) * (sizes[unit] ?? 0));
  return bytes > 0 ? bytes : undefined;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Whether it names a person or a password, as in `https://name:password@server` (RFC 3986, 3.2.1). */
function holdsPassword(text: string): boolean {
  const { username = '', password = '' } = URL.parse(text) ?? {};
  return username !== '' || password !== '';
}

/** Whether it names a folder in the pair's, and not that one. */
function isBelow(folder: string): boolean {
  const names = folder.split('/').filter((name) => name !== '');
  return names.length > 0 && names.every((name) => name !== '.' && name !== '..' && !name.includes('\0'));
}
