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

  /** Says a line; the same line twice is said twice. */
  readonly say = (text: string, urgency: Urgency = 'polite'): void => {
    this.lines.update((lines) => ({
      ...lines,
      [urgency]: lines[urgency] === text ? `${text}\u00a0` : text,
    }));
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
