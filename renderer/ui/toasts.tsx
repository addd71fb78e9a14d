import { type Phrase, useWords } from '../i18n/index.ts';
import { IconButton } from './button.tsx';
import { XIcon } from './icons.ts';
import { StateIcon, type Tone } from './notice.tsx';
import { Store, useStore } from './store.ts';
import './toasts.css';

/** A short line at the bottom: that something was done, or why it was not. */
export interface Toast {
  readonly id: number;
  readonly tone: Tone;
  readonly text: Phrase;
  /** What it is about: a new line about the same replaces the old one. */
  readonly about: string | null;
}

const SHOWN_MS = 6000;
const MOST = 3;

/** The lines that are shown now. What went wrong stays until it is closed; the rest leaves by itself. */
export class Toasts {
  readonly shown = new Store<readonly Toast[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #last = 0;

  readonly show = (tone: Tone, text: Phrase, about: string | null = null): void => {
    this.#last += 1;
    const id = this.#last;
    const same = about === null ? undefined : this.shown.get().find((toast) => toast.about === about);
    if (same) this.close(same.id);
    this.shown.update((shown) => [...shown, { id, tone, text, about }].slice(-MOST));
    if (tone !== 'bad')
      this.#timers.set(
        id,
        setTimeout(() => this.close(id), SHOWN_MS),
      );
  };

  readonly close = (id: number): void => {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.shown.update((shown) => shown.filter((toast) => toast.id !== id));
  };

  readonly dispose = (): void => {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.shown.set([]);
  };
}

/** Where they are shown; said by screen readers as they come. */
export function ToastRegion({ toasts }: { readonly toasts: Toasts }) {
  const words = useWords();
  const shown = useStore(toasts.shown);
  return (
    <div className="toasts" role="status">
      {shown.map((toast) => (
        <div className="toast" key={toast.id}>
          <StateIcon tone={toast.tone} />
          <p>{toast.text(words)}</p>
          <IconButton icon={XIcon} label={words.t('common:close')} onPress={() => toasts.close(toast.id)} />
        </div>
      ))}
    </div>
  );
}
