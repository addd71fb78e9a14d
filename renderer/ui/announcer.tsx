import { Store, useStore } from './store.ts';

/** How a line is said: now, or when the screen reader is done with what it says. */
type Urgency = 'polite' | 'assertive';

interface Lines {
  readonly polite: string;
  readonly assertive: string;
}

/** What screen readers are told without the focus moving: messages, ringing, sync problems. */
export class Announcer {
  readonly lines = new Store<Lines>({ polite: '', assertive: '' });

  /** Kinds of lines that were said in this very moment. */
  readonly #now = new Set<Urgency>();

  /** Says a line; the same line twice is said twice, and lines of one moment (a batch of messages) one after the other. */
  readonly say = (text: string, urgency: Urgency = 'polite'): void => {
    if (text === '') return;
    const goesOn = this.#now.has(urgency);
    this.lines.update((lines) => {
      const last = lines[urgency];
      const again = last === text ? `${text}\u00a0` : text;
      return { ...lines, [urgency]: goesOn ? `${last}\n${text}` : again };
    });
    if (goesOn) return;
    this.#now.add(urgency);
    queueMicrotask(() => this.#now.delete(urgency));
  };
}

/** The live regions. One pair a page, there from the first frame, or the first line would not be heard. */
export function LiveRegions({ announcer }: { readonly announcer: Announcer }) {
  const lines = useStore(announcer.lines);
  return (
    <div className="visually-hidden">
      <div aria-live="polite">{lines.polite}</div>
      <div aria-live="assertive">{lines.assertive}</div>
    </div>
  );
}
