import type { Exchange } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
export async function handleArchiveDownload(_s: Standin, e: Exchange): Promise<void> {
  reply(e, 404, {});
}
