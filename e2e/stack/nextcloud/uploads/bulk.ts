import { notFound } from '../dav/dav-error.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
export async function handleBulk(_s: Standin, _e: Exchange, _c: Caller): Promise<void> {
  throw notFound("File not found: bulk in 'root'");
}
