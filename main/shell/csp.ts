/** The Content-Security-Policy of what the own scheme serves. */

/**
 * react-aria's usePress puts this one style sheet into the page by itself; its hash is allowed instead of 'unsafe-inline'.
 * A test compares it with the library's text.
 */
export const PRESSABLE_STYLE_HASH = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

const NOTHING_ELSE = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** The app window's page: everything from the program itself, no network at all. */
export function pagePolicy(): string {
  return write({
    ...NOTHING_ELSE,
    'script-src': "'self'",
    'style-src': `'self' ${PRESSABLE_STYLE_HASH}`,
    'connect-src': "'self'",
    'img-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'worker-src': "'self'",
    'frame-src': "'none'",
  });
}

/** The Matrix worker's script: WebAssembly, and the account's chat server and no other. */
export function workerPolicy(chatServer: string | null): string {
  const origin = chatServer === null ? [] : [new URL(chatServer).origin];
  return write({
    ...NOTHING_ELSE,
    'script-src': "'self' 'wasm-unsafe-eval'",
    'connect-src': ["'self'", ...origin].join(' '),
  });
}

/** The call window's page: the conference's script and frame, from the domain of the call and no other. */
export function callPolicy(domain: string | null): string {
  const conference = domain === null ? [] : [`https://${domain}`];
  return write({
    ...NOTHING_ELSE,
    'script-src': ["'self'", ...conference].join(' '),
    'style-src': `'self' ${PRESSABLE_STYLE_HASH}`,
    'connect-src': "'self'",
    'img-src': ["'self'", 'blob:', 'data:', ...conference].join(' '),
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'frame-src': conference.join(' ') || "'none'",
  });
}

function write(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
