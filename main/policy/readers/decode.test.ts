import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';

const TEXT = '{"name": "Métropole"}';
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('a text file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with its mark', Buffer.from(`\u{feff}${TEXT}`)],
    ['UTF-16 as regedit and Notepad write it', Buffer.from(`\u{feff}${TEXT}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 with the other order', bigEndian(`\u{feff}${TEXT}`)],
    ['UTF-16 with the other order, without a mark', bigEndian(TEXT)],
    ['the letters of Windows', Buffer.from(TEXT, 'latin1')],
  ])('is read in %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  it('is read somehow, whatever its bytes are', () => {
    const anyBytes = fc.uint8Array({ maxLength: 40 });
    const read = fc.sample(anyBytes, 200).map((bytes) => decodeText(bytes));
    expect(read.every((text) => typeof text === 'string')).toBe(true);
  });
});
