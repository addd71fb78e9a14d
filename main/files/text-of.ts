/**
 * The text in a file's bytes, null when they are none: UTF-8, UTF-16 with its mark or as Windows programs write it
 * without, else what old programs wrote (Windows-1252, which holds Latin-1).
 */
export function textOf(bytes: Uint8Array): string | null {
  const marked = markedEncoding(bytes);
  if (marked !== null) return decoded(bytes, marked);
  const guessed = guessedUtf16(bytes);
  if (guessed !== null) return decoded(bytes, guessed);
  if (bytes.includes(0)) return null;
  return decoded(bytes, 'utf-8') ?? oldText(bytes);
}

/** By the byte order mark (Unicode standard, section 23.8). */
function markedEncoding([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** European text in UTF-16 has a zero in nearly every second byte, and none in the others. */
function guessedUtf16(bytes: Uint8Array): string | null {
  const seen = bytes.subarray(0, 4096);
  if (seen.length < 4 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  for (const [at, byte] of seen.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = seen.length * 0.3;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : null;
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return hasControls(text) ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null; // bytes that the encoding does not have
    throw error;
  }
}

/** Any byte is a letter there, so what is mostly letters, signs and white space passes for text. */
function oldText(bytes: Uint8Array): string | null {
  const text = new TextDecoder('windows-1252').decode(bytes);
  const readable = text.match(/[\p{L}\p{N}\p{P}\p{Zs}\p{S}\t\r\n]/gu)?.length ?? 0;
  return hasControls(text) || readable < text.length * 0.95 ? null : text;
}

function hasControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- what no text has: controls but tab, line ends and form feed
  return /[\u0000-\u0008\u000B\u000E-\u001A\u001C-\u001F]/.test(text);
}
