import { type Phrase, useWords } from '../i18n/index.ts';
import { Button, IconButton } from './button.tsx';
import { XIcon } from './icons.ts';
import { StateIcon, type Tone } from './notice.tsx';
import { Store, useStore } from './store.ts';
import './toasts.css';

/** What a person may still do about it. */
export interface ToastAct {
  readonly label: Phrase;
  readonly act: () => void;
}

/** A short line at the bottom: that something was done, or why it was not. */
export interface Toast {
  readonly id: number;
  readonly tone: Tone;
  readonly text: Phrase;
  /** What it is about: a new line about the same replaces the old one. */
  readonly about: string | null;
  readonly act: ToastAct | null;
}

const SHOWN_MS = 6000;
/** Long enough to read it, think, and reach its button by the keyboard. */
const SHOWN_WITH_ACT_MS = 20_000;
const MOST = 3;

/** The lines that are shown now. What went wrong stays until it is closed; the rest leaves by itself. */
export class Toasts {
  readonly shown = new Store<readonly Toast[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #last = 0;

  readonly show = (
    tone: Tone,
    text: Phrase,
    about: string | null = null,
    act: ToastAct | null = null,
  ): void => {
    this.#last += 1;
    const id = this.#last;
    const same = about === null ? undefined : this.shown.get().find((toast) => toast.about === about);
    if (same) this.close(same.id);
    this.shown.update((shown) => [...shown, { id, tone, text, about, act }].slice(-MOST));
    if (tone !== 'bad')
      this.#timers.set(
        id,
        setTimeout(() => this.close(id), act ? SHOWN_WITH_ACT_MS : SHOWN_MS),
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
          {toast.act && <Act act={toast.act} onDone={() => toasts.close(toast.id)} />}
          <IconButton icon={XIcon} label={words.t('common:close')} onPress={() => toasts.close(toast.id)} />
        </div>
      ))}
    </div>
  );
}

function Act({ act: { label, act }, onDone }: { readonly act: ToastAct; readonly onDone: () => void }) {
  const words = useWords();
  return (
    <Button
      tone="quiet"
      onPress={() => {
        onDone();
        act();
      }}
    >
      {label(words)}
    </Button>
  );
}
