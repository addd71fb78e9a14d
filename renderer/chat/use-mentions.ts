import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Person } from '../matrix/protocol.ts';
import { completed, type MentionStart, mentionAt, suggestions } from './mentions.ts';

export interface Mentions {
  readonly open: boolean;
  readonly listId: string;
  readonly activeId: string | undefined;
  readonly people: readonly Person[];
  readonly optionId: (person: Person) => string;
  readonly isActive: (person: Person) => boolean;
  readonly choose: (person: Person) => void;
  readonly close: () => void;
  /** The caret moved or the text changed. */
  readonly look: () => void;
  /** True when the key was for the suggestions. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
}

/** Suggestions of members while a name is typed after an `@`. */
export function useMentions(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  setText: (text: string) => void,
  members: readonly Person[],
): Mentions {
  const listId = useId();
  const [start, setStart] = useState<MentionStart | null>(null);
  const [at, setAt] = useState(0);
  const people = start ? suggestions(members, start.typed) : [];
  const active = people[Math.min(at, people.length - 1)];
  const optionId = (person: Person) => `${listId}-${person.userId}`;
  const look = () => {
    const { selectionStart, selectionEnd } = area.current ?? {};
    if (selectionStart === undefined || selectionStart !== selectionEnd) return setStart(null);
    const next = mentionAt(area.current?.value ?? '', selectionStart);
    if (next?.typed !== start?.typed) setAt(0);
    setStart(next);
  };
  const choose = (person: Person) => {
    if (!start) return;
    const { text: next, caret } = completed(text, start, person.name);
    // At once: a letter typed before the caret stands there would come to the wrong place.
    flushSync(() => {
      setText(next);
      setStart(null);
    });
    area.current?.focus();
    area.current?.setSelectionRange(caret, caret);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!active) return false;
    const count = people.length;
    if (event.key === 'ArrowDown') setAt((at + 1) % count);
    else if (event.key === 'ArrowUp') setAt((at + count - 1) % count);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(active);
    else if (event.key === 'Escape') setStart(null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    open: people.length > 0,
    listId,
    activeId: active && optionId(active),
    people,
    optionId,
    isActive: (person) => person === active,
    choose,
    close: () => setStart(null),
    look,
    onKeyDown,
  };
}
