import { notFound } from '../dav/dav-error.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
export async function handleUploads(
  _s: Standin,
  _e: Exchange,
  _c: Caller,
  _u: string | undefined,
  _r: string[],
): Promise<void> {
  throw notFound();
}
