import type { Words } from '../i18n/index.ts';
import type { TimelineItem } from '../matrix/protocol.ts';

const MOST_NAMES = 3;

/** What happened to the salon, in one line: "Karim, Inès et 4 autres ont rejoint le salon". */
export function eventLines(items: readonly TimelineItem[], words: Words): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; from < items.length; ) {
    const first = items[from];
    if (!first) break;
    let to = from + 1;
    while (to < items.length && sameChange(first, items[to])) to += 1;
    lines.push(line(first, items.slice(from, to), words));
    from = to;
  }
  return lines;
}

function sameChange(a: TimelineItem, b: TimelineItem | undefined): boolean {
  if (a.content.kind !== 'membership' || b?.content.kind !== 'membership') return false;
  if (a.content.change !== b.content.change) return false;
  const byOther = a.content.change === 'invited' || a.content.change === 'removed';
  return !byOther || a.sender.userId === b.sender.userId;
}

function line(first: TimelineItem, items: readonly TimelineItem[], words: Words): string {
  const { t } = words;
  const { content } = first;
  const who = first.mine ? t('common:you') : first.sender.name;
  switch (content.kind) {
    case 'membership': {
      const names = items.flatMap((item) => (item.content.kind === 'membership' ? [item.content.who] : []));
      return t(`chat:event.${content.change}`, { count: names.length, names: named(names, words), who });
    }
    case 'renamed':
      return t('chat:event.renamed', { who, name: content.name });
    case 'created':
      return first.mine ? t('chat:event.youCreated') : t('chat:event.created', { who });
    case 'text':
    case 'image':
    case 'file':
    case 'folder-file':
    case 'call':
    case 'deleted':
    case 'unreadable':
      return '';
  }
}

/** Up to three names, then how many more. */
export function named(names: readonly string[], { t, format }: Words): string {
  const unique = [...new Set(names)];
  if (unique.length <= MOST_NAMES) return format.list(unique);
  const shown = unique.slice(0, MOST_NAMES - 1);
  return format.list([...shown, t('common:others', { count: unique.length - shown.length })]);
}
