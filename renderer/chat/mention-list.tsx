import { useEffect } from 'react';
import { useWords } from '../i18n/index.ts';
import { PersonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Pill } from '../ui/badge.tsx';
import type { Mentions } from './use-mentions.ts';
import './mention-list.css';

/** The people who can be meant, above the composer. The text area keeps the focus and the keys. */
export function MentionList({ mentions }: { readonly mentions: Mentions }) {
  const { t } = useWords();
  const { announcer } = useWorkspace();
  const { open, people } = mentions;
  const count = people.length;
  useEffect(() => {
    if (open) announcer.say(t('chat:mention.count', { count }));
  }, [open, count, announcer, t]);
  if (!open) return null;
  return (
    <div
      className="mention-list popover"
      role="listbox"
      id={mentions.listId}
      aria-label={t('chat:compose.mention')}
    >
      {people.map((person) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text area has the focus and the keys (aria-activedescendant)
        <div
          key={person.userId}
          role="option"
          id={mentions.optionId(person)}
          aria-selected={mentions.isActive(person)}
          className={mentions.isActive(person) ? 'mention mention-active' : 'mention'}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => mentions.choose(person)}
        >
          <PersonAvatar person={person} size={28} />
          <span className="cut">{person.name}</span>
          {person.partnerOf !== null && <Pill>{person.partnerOf}</Pill>}
        </div>
      ))}
    </div>
  );
}
