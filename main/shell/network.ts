import { hostname } from 'node:os';
import { session } from 'electron';
import { createHttp, type Http } from '../http/http.ts';

/** Main's own requests: the system's proxy and certificates, no cookies, no cache on disk. */
export function systemHttp(): Http {
  const own = session.fromPartition('http', { cache: false });
  return createHttp((url, init) => own.fetch(url, init));
}

/** Where calls run: kept, so that a conference's scripts come from the cache and its page knows the chosen headset. */
export const CALL_PARTITION = 'persist:call';

/** Where the organisation's services run that are shown beside the salons: one sign-in counts for all of them. */
export const SERVICES_PARTITION = 'persist:services';

/** Removes everything that the app's page, conferences and services keep on this PC. */
export async function wipeAppStorage(): Promise<void> {
  for (const name of ['persist:app', CALL_PARTITION, SERVICES_PARTITION]) {
    const pages = session.fromPartition(name);
    await pages.clearStorageData();
    await pages.clearCache();
  }
}

/** What a person's lists of devices call this one: the product and the machine. */
export function deviceName(productName: string): string {
  // A header carries it to the file server: plain letters only.
  return `${productName} (${hostname()})`.replaceAll(/[^\x20-\x7e]/g, '');
}
