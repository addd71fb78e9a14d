import type { Exchange } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import type { Place } from '../store/view.ts';
export async function folderArchive(_s: Standin, _e: Exchange, _p: Place): Promise<boolean> {
  return false;
}
