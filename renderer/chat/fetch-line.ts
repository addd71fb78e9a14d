import type { Words } from '../i18n/index.ts';
import type { Fetched } from '../salons/stores/media-store.ts';

/** How far a fetch is, from 0 to 1; null while nobody knows. */
export function partFetched(fetched: Fetched | null): number | null {
  if (!fetched?.total) return null;
  return Math.min(1, fetched.received / fetched.total);
}

/** How far a fetch is, in words. */
export function fetchLine(fetched: Fetched, { t, format }: Words): string {
  const part = partFetched(fetched);
  return part === null || fetched.total === null
    ? t('chat:fetch.received', { size: format.size(fetched.received) })
    : t('chat:fetch.part', { part: format.percent(part), size: format.size(fetched.total) });
}
