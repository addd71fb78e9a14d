/**
 * A text from bytes as editors of Windows and Linux write them: UTF-16 with its mark (Notepad's "Unicode", exports of
 * regedit), UTF-16 without one, UTF-8 with or without one, else Windows' own letters of western Europe.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What JSON and exports begin with is plain ASCII: a zero byte beside it tells UTF-16 and its order. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (second === 0 && first !== 0) return 'utf-16le';
  if (first === 0 && second !== 0 && second !== undefined) return 'utf-16be';
  return 'utf-8';
}
