import type { Words } from '../../i18n/index.ts';
import type { LastLine } from '../../matrix/protocol.ts';

/** What a line of the list says of the last thing that happened in a salon. */
export function lastLineText(line: LastLine, { t }: Words): string {
  const who = line.mine ? t('common:you') : line.sender;
  switch (line.kind) {
    case 'text':
      return t('salons:last.text', { who, text: line.text });
    case 'file':
      return t('salons:last.file', { who, name: line.name });
    case 'image':
      return t('salons:last.image', { who });
    case 'call':
      return t('salons:last.call', { who });
    case 'joined':
      return line.mine ? t('salons:last.youJoined') : t('salons:last.joined', { who });
    case 'invited':
      return t('salons:last.invited', { who });
    case 'created':
      return line.mine ? t('salons:last.youCreated') : t('salons:last.created', { who });
    case 'unreadable':
      return t('salons:last.unreadable');
  }
}
