import type { Exchange } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { notFound } from './dav-error.ts';
export async function handleTrashbin(_s: Standin, _e: Exchange, _c: Caller, _r: string[]): Promise<void> {
  throw notFound();
}
