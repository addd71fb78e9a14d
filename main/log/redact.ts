/** Stands where a secret stood. */
const REMOVED = '***';

/** What a name of a secret has in it: `access_token`, `newPassword`, `client_secret`, `X-Auth-Token`. */
const SECRET =
  'token|passwo?rd|passwd|pwd|passphrase|secret|jwt|authorization|cookie|bearer|recovery_?code|' +
  '(?:api|storage|pickle|private|session|recovery|security|backup)_?key';
/** Names that are secret as a whole only: what people wrote. */
const WRITTEN = 'formatted_body|body|ciphertext|plaintext';
/** The name and what follows it; quotes may be escaped, as in JSON inside JSON. */
const NAMED = String.raw`((?:(?:${SECRET})\w{0,20}|(?<![\w-])(?:${WRITTEN}))\\*["'\x60]?(?:\s{0,9}[:=]\s{0,9}|%3[AD]))`;

/** Quotes, escaped or not. */
const QUOTE = String.raw`\\*["'\x60]`;

const RULES: readonly (readonly [RegExp, string])[] = [
  // what secrets look like: a signed token, tokens of Synapse and its account service, app passwords and poll tokens of
  // Nextcloud, as its login gives them and as its settings show them, 32 bytes in base64, a recovery code
  [/\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g, REMOVED],
  [/\b(?:syt|syl|syr|mct|mat|mcr)_[\w-]+/g, REMOVED],
  [/\b[A-Za-z0-9]{64,}\b/g, REMOVED],
  [/(?<![\w-])[A-Za-z0-9]{5}(?:-[A-Za-z0-9]{5}){4}(?![\w-])/g, REMOVED],
  [/(?<![\w+/])[\w+/]{43}=(?!=)/g, REMOVED],
  [/\bE[A-Za-z0-9]{3}(?:[ -]?[1-9A-HJ-NP-Za-km-z]{4}){8,}\b/g, REMOVED],
  // named, in quotes: up to the same quotes or, where the text was cut off, to the end of the line
  [new RegExp(String.raw`${NAMED}(${QUOTE}).*?(?:(?<!\\)\2|$)`, 'gim'), `$1$2${REMOVED}$2`],
  // named, an object, a list or the words of a header: nobody knows where they end, so the line ends here
  [new RegExp(String.raw`${NAMED}(?:(?<=:\s{0,9})(?!\s*${QUOTE})|(?=[\[{])).+`, 'gi'), `$1${REMOVED}`],
  // named, one word
  [new RegExp(String.raw`${NAMED}(?!\s*${QUOTE})[^\s&]+`, 'gi'), `$1${REMOVED}`],
  [/\b(Bearer|Basic|Negotiate|NTLM|Digest)(?:\s|%20)+[\w.~+/=%-]{8,}/gi, `$1 ${REMOVED}`],
  // the piece of a text that was no JSON
  [/(Unexpected token ).*( is not valid JSON)/g, `$1${REMOVED}$2`],
  // an address keeps its server and path: no user, query or fragment
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]*@/gi, '$1'],
  // a user with a password before a host, as proxies are written
  [/(?<=^|[\s"'\x60(=,;<>])[^\s/"'\x60<>=:@;,]{1,200}:[^\s/"'\x60<>@]{1,200}@(?=[\w[])/g, `${REMOVED}@`],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s?#"'<>]*)[?#][^\s"'<>)]*/gi, `$1?${REMOVED}`],
];

/** The text without what must stay out of a log: tokens, passwords, message bodies, the queries of addresses. */
export function redact(text: string): string {
  return RULES.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
