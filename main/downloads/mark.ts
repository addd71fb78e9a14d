import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Where a file comes from. */
export interface FileSource {
  /** Address of the file; of a `blob:`, what the page made it from counts. */
  readonly url: string;
  readonly product: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Names this download, for macOS. */
  readonly id: string;
}

/**
 * How a system is told that a file comes from elsewhere: Windows reads a stream beside the content, macOS an attribute.
 * Neither changes the content.
 */
export type Mark =
  | { readonly as: 'stream'; readonly path: string; readonly text: string }
  | { readonly as: 'attribute'; readonly program: string; readonly args: readonly string[] }
  | { readonly as: 'none' };

/** Windows' zone of the internet ([MS-FSCC] 5.6.1, Zone.Identifier; URLZONE_INTERNET). */
const INTERNET_ZONE = 3;
/** What browsers name where there is no address to tell. */
const NO_ADDRESS = 'about:internet';
/** A download from the web that nobody has opened yet (QTN_FLAG_DOWNLOAD, and that the person is to be asked). */
const QUARANTINED = '0081';
/** Part of macOS; by its whole path, so that nobody's program of that name runs. */
const XATTR = '/usr/bin/xattr';

/** The mark for a file that is at `path`. Linux has none that anything heeds. */
export function markFor(platform: NodeJS.Platform, path: string, source: FileSource): Mark {
  if (platform === 'win32') return { as: 'stream', path: `${path}:Zone.Identifier`, text: zoneText(source) };
  if (platform !== 'darwin') return { as: 'none' };
  const seconds = Math.floor(source.at / 1000).toString(16);
  const value = [QUARANTINED, seconds, source.product.replaceAll(/[;\p{Cc}]/gu, ' '), source.id].join(';');
  return { as: 'attribute', program: XATTR, args: ['-w', 'com.apple.quarantine', value, path] };
}

function zoneText({ url }: FileSource): string {
  return ['[ZoneTransfer]', `ZoneId=${INTERNET_ZONE}`, `HostUrl=${tellable(url)}`, ''].join('\r\n');
}

/** An address without what may be secret in it: user, password, query, fragment. */
export function tellable(address: string): string {
  const url = URL.parse(address.replace(/^blob:/, ''));
  if (!url || !/^https?:$/.test(url.protocol)) return NO_ADDRESS;
  return address.startsWith('blob:') ? `${url.origin}/` : `${url.origin}${url.pathname}`;
}

/** Puts a mark on its file. Throws where the disk can't hold it (FAT has no streams). */
export async function putMark(mark: Mark): Promise<void> {
  switch (mark.as) {
    case 'stream':
      return writeFile(mark.path, mark.text);
    case 'attribute':
      await promisify(execFile)(mark.program, [...mark.args], { timeout: 10_000 });
      return;
    case 'none':
      return;
  }
}
