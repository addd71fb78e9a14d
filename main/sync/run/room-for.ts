import type { ObservedLocal } from '../model/observed-tree.ts';
import { eachObserved } from '../model/observed-tree.ts';
import type { LocalPath } from '../model/paths.ts';
import type { Claim, Need, Room } from '../ports/room.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';
import { bytesOf } from './queue.ts';

/** Whose room it is. */
export interface RoomTask {
  readonly room: Room;
  readonly pair: string;
  readonly root: LocalPath;
  /** What all pairs together may take, in bytes. */
  readonly most: number;
}

const nothingNeeded: Claim = { kind: 'granted', end: () => undefined };

/** Claims the room that items need which bring something here; what leaves, or only moves, needs none. */
export async function roomFor(
  items: readonly PlanItem[],
  { room, pair, root, most }: RoomTask,
): Promise<Claim> {
  const need = items.map(needOf).reduce(together, { bytes: 0, growth: 0 });
  return need.bytes === 0 ? nothingNeeded : room.claim({ ...need, pair, folder: root, most });
}

/** What the files of a folder take here, those included that nobody shared yet. */
export function bytesHere(root: ObservedLocal): number {
  let bytes = 0;
  for (const { entry } of eachObserved(root)) if (entry.kind === 'file') bytes += entry.size;
  return bytes;
}

type Bytes = Pick<Need, 'bytes' | 'growth'>;

function needOf(item: PlanItem): Bytes {
  if (item.action !== 'download' && item.action !== 'resolve') return { bytes: 0, growth: 0 };
  const bytes = bytesOf(item);
  const replaced = item.action === 'download' ? (item.over?.size ?? 0) : 0;
  return { bytes, growth: bytes - replaced };
}

function together(one: Bytes, other: Bytes): Bytes {
  return { bytes: one.bytes + other.bytes, growth: one.growth + other.growth };
}
