import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

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
}

/** Why the arguments make no sense; `about` names the argument or the variable. */
export interface ArgumentFault {
  readonly code: 'missing' | 'unknown' | 'badUrl' | 'emptyVariable' | 'both' | 'help';
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
  if (!isWebAddress(url)) return { code: 'badUrl', about: url };
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
  };
}

/** Whether reading the arguments failed. */
export function isFault(request: CliRequest | ArgumentFault): request is ArgumentFault {
  return 'code' in request;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
