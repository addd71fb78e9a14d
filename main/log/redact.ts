/** Stands where a secret stood. */
export const REMOVED = '***';

/** Names whose value is never written, wherever they stand: `"access_token":"x"`, `password=x`, `jwt: x`. */
const SECRET_NAME =
  'access_?token|refresh_?token|poll_?token|login_?token|id_?token|token|app_?password|passwo?rd|passwd|passphrase|' +
  'secret|storage_?key|recovery_?(?:key|code)|jwt|authorization|cookie|set-cookie|api_?key|' +
  'formatted_body|body|ciphertext|plaintext';

const RULES: readonly (readonly [RegExp, string])[] = [
  // name and value as JSON, as inspected object, as header or as assignment
  [
    new RegExp(String.raw`(["']?\b(?:${SECRET_NAME})["']?\s*[:=]\s*)"(?:[^"\\]|\\.)*"`, 'gi'),
    `$1"${REMOVED}"`,
  ],
  [
    new RegExp(String.raw`(["']?\b(?:${SECRET_NAME})["']?\s*[:=]\s*)'(?:[^'\\]|\\.)*'`, 'gi'),
    `$1'${REMOVED}'`,
  ],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REMOVED}`],
  [new RegExp(String.raw`(\b(?:${SECRET_NAME})\s*[:=]\s*)[^\s"',;&)}\]]+`, 'gi'), `$1${REMOVED}`],
  // a signed token, a Synapse token, an app password as Nextcloud makes them
  [/\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g, REMOVED],
  [/\b(?:syt|syl|syr|mct|mat|mcr)_[\w-]+/g, REMOVED],
  [/\b[A-Za-z0-9]{72}\b/g, REMOVED],
  // an address keeps its server and path: no user, query or fragment
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, '$1'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>)]*/gi, `$1?${REMOVED}`],
];

/** The text without what must stay out of a log: tokens, passwords, message bodies, the queries of addresses. */
export function redact(text: string): string {
  return RULES.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

const SECRET_KEY = new RegExp(`^(?:${SECRET_NAME})$`, 'i');

/** Whether a value of this name may be written at all. */
export function isSecretName(name: string): boolean {
  return SECRET_KEY.test(name);
}
