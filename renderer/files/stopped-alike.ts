import type { SalonFolder } from '../../preload/contract/files.ts';

type Alike = readonly [SalonFolder, ...SalonFolder[]];

/** The folders that stand still until a person does something, those with the same reason together. */
export function stoppedAlike(folders: readonly SalonFolder[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const folder of folders) {
    const reason = reasonOf(folder);
    if (reason === null) continue;
    const others = groups.get(reason);
    groups.set(reason, others ? [...others, folder] : [folder]);
  }
  return [...groups.values()];
}

/** Null for what goes on, comes back by itself, or is told elsewhere on the page. */
function reasonOf({ activity, kind }: SalonFolder): string | null {
  switch (activity.state) {
    case 'failed':
      return `failed ${activity.why} ${activity.detail}`;
    case 'gone':
      return `gone ${kind}`;
    case 'offline':
      return activity.why === 'network' || activity.why === 'server' ? null : `offline ${activity.why}`;
    case 'starting':
    case 'scanning':
    case 'syncing':
    case 'up-to-date':
    case 'paused':
    case 'maintenance':
    case 'signed-out':
    case 'guarded':
      return null;
  }
}
