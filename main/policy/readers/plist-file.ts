import { z } from 'zod';
import { decodeText } from './decode.ts';
import { bytesOf, followFile } from './json-file.ts';
import type { PolicySource, Reading } from './source.ts';

/** Preferences that macOS manages (a configuration profile writes them): a property list, binary or XML. */
export function plistFile(file: string, scope: PolicySource['scope']): PolicySource {
  return { scope, place: file, read: () => readPlist(file), watch: (changed) => followFile(file, changed) };
}

/** What every binary property list begins with. */
const BINARY = 'bplist';
/** A payload's own keys, which some systems leave among its values. */
const PAYLOAD_KEY = /^Payload[A-Z]/;
const Written = z.record(z.string(), z.unknown());

async function readPlist(file: string): Promise<Reading> {
  const bytes = await bytesOf(file);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const { parse } = await import('plist'); // only macOS has such files
  const isBinary = bytes.toString('latin1', 0, BINARY.length) === BINARY;
  try {
    const written = Written.parse(parse(isBinary ? new Uint8Array(bytes) : decodeText(bytes)));
    const values = Object.entries(written).filter(([key]) => !PAYLOAD_KEY.test(key));
    return { status: 'read', written: Object.fromEntries(values) };
  } catch {
    return { status: 'unreadable', why: 'not-plist' };
  }
}
