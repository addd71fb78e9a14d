import { decodeText } from '../readers/decode.ts';
import type { Native } from '../readers/native-registry.ts';

/** Keys by their whole path, each with its values by name: a string, a dword, several strings, or bytes. */
export type RegExport = ReadonlyMap<string, ReadonlyMap<string, string | number | string[] | Buffer>>;

/** Reads what regedit exports ("Windows Registry Editor Version 5.00", UTF-16 with a mark, CRLF, long values folded). */
export function readRegExport(bytes: Uint8Array): RegExport {
  const [head, ...lines] = decodeText(bytes)
    .replaceAll(/\\\r?\n\s*/g, '')
    .split(/\r?\n/);
  if (head !== 'Windows Registry Editor Version 5.00') throw new Error('this is no export of regedit');
  const keys = new Map<string, Map<string, string | number | string[] | Buffer>>();
  let current = new Map<string, string | number | string[] | Buffer>();
  for (const line of lines) {
    const key = /^\[(.+)\]$/.exec(line)?.[1];
    const value = /^"((?:[^"\\]|\\.)*)"=(.+)$/.exec(line);
    if (key !== undefined) keys.set(key, (current = new Map()));
    else if (value) current.set(unescape(value[1] ?? ''), valueOf(value[2] ?? ''));
  }
  return keys;
}

function valueOf(written: string): string | number | string[] | Buffer {
  const dword = /^dword:([0-9a-f]{8})$/.exec(written)?.[1];
  if (dword !== undefined) return Number.parseInt(dword, 16);
  const hex = /^hex(\((?<type>[0-9a-f]+)\))?:(?<bytes>[0-9a-f,]*)$/.exec(written)?.groups;
  if (!hex) return unescape(written.slice(1, -1));
  const bytes = Buffer.from((hex['bytes'] ?? '').replaceAll(',', ''), 'hex');
  const strings = bytes.toString('utf16le').split('\0');
  if (hex['type'] === '7') return strings.filter((text) => text !== '');
  return hex['type'] === '2' ? (strings[0] ?? '') : bytes;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

/** The part of native-reg that is used, answering from an export; tells which keys were left open. */
export function nativeFrom(keys: RegExport): Native & { readonly open: Set<unknown> } {
  const hives = { HKLM: 'HKEY_LOCAL_MACHINE', HKCU: 'HKEY_CURRENT_USER' };
  const open = new Set<unknown>();
  const below = (path: string) => [...keys.keys()].filter((key) => key.startsWith(`${path}\\`));
  const native = {
    ...hives,
    Access: { READ: 131_097, WOW64_64KEY: 256 },
    open,
    openKey: (parent: string, path: string) => {
      const key = `${parent}\\${path}`;
      if (!keys.has(key) && below(key).length === 0) return null;
      open.add(key);
      return key;
    },
    closeKey: (key: string) => open.delete(key),
    enumValueNames: (key: string) => [...(keys.get(key)?.keys() ?? [])],
    enumKeyNames: (key: string) => [
      ...new Set(below(key).map((path) => path.slice(key.length + 1).split('\\')[0] ?? '')),
    ],
    queryValue: (key: string, name: string) => keys.get(key)?.get(name) ?? null,
  };
  // oxlint-disable-next-line no-unsafe-type-assertion -- handles are opaque: here they are the paths of keys
  return native as unknown as Native & { readonly open: Set<unknown> };
}
