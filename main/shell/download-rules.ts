import { isOfCall } from './permissions.ts';

/** Which downloads of a session's pages are kept, and what the person reads of where they come from. */
export interface DownloadRule {
  readonly mayCome: (address: string) => boolean;
  /** The server's name, null for a conversation. A `data:` address has none: then the page that begins it counts. */
  readonly host: (address: string, page: string) => string | null;
  /** Whether the page is ours. Others may put nothing anywhere that nobody clicked for: then the person is asked. */
  readonly isOwn: boolean;
}

/** The app's page keeps what it holds itself (an attachment that it decrypted), and nothing else. */
export const APP_DOWNLOADS: DownloadRule = {
  mayCome: (address) => address.startsWith('blob:traboule://app/'),
  host: () => null,
  isOwn: true,
};

/** In a call, what the conference server or its page hands out. */
export function callDownloads(domains: () => readonly string[]): DownloadRule {
  return {
    mayCome: (address) => isData(address) || isOfCall(unwrapped(address), domains()),
    host: (address, page) => hostOf(address) ?? domains()[0] ?? hostOf(page) ?? '',
    isOwn: false,
  };
}

/** A service may hand out files from wherever it keeps them, over TLS. */
export const SERVICE_DOWNLOADS: DownloadRule = {
  mayCome: (address) => isData(address) || URL.parse(unwrapped(address))?.protocol === 'https:',
  host: (address, page) => hostOf(address) ?? hostOf(page) ?? '',
  isOwn: false,
};

function isData(address: string): boolean {
  return address.startsWith('data:');
}

/** What a `blob:` belongs to. */
function unwrapped(address: string): string {
  return address.replace(/^blob:/, '');
}

function hostOf(address: string): string | null {
  const host = URL.parse(unwrapped(address))?.host ?? '';
  return host === '' ? null : host.slice(0, 300);
}
