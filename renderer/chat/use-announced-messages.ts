import { useEffect } from 'react';
import type { Words } from '../i18n/index.ts';
import type { TimelineItem } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { fileName } from '../ui/file-name.ts';

const LONGEST = 300;

/** Tells screen readers of messages that come into the open conversation: not the history, not one's own. */
export function useAnnouncedMessages(salonId: string): void {
  const { chat, announcer, speak } = useWorkspace();
  useEffect(() => {
    let newest: number | null = null;
    const look = () => {
      const timeline = chat.timeline.get();
      if (timeline?.salonId !== salonId) return;
      const before = newest;
      newest = Math.max(newest ?? 0, timeline.items.at(-1)?.at ?? 0);
      if (before === null) return;
      for (const item of timeline.items)
        if (item.at > before && !item.mine) announcer.say(speak((words) => spokenLine(item, words)));
    };
    look();
    return chat.timeline.subscribe(look);
  }, [chat, announcer, speak, salonId]);
}

function spokenLine({ sender, content }: TimelineItem, { t }: Words): string {
  const who = sender.name;
  switch (content.kind) {
    case 'text':
      return t('salons:last.text', { who, text: content.text.slice(0, LONGEST) });
    case 'image':
      return t('salons:last.image', { who });
    case 'file':
      return t('salons:last.file', { who, name: content.name });
    case 'folder-file':
      return t('salons:last.file', { who, name: fileName(content.path) });
    case 'call':
      return t('salons:last.call', { who });
    case 'unreadable':
      return t('salons:last.unreadable');
    case 'membership':
    case 'renamed':
    case 'created':
    case 'deleted':
      return '';
  }
}
