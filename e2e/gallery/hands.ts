import { asSaid } from './said.ts';

/** What a person's hands do on the page of a scene: found by the words they see, which are given in French. */

/** A word that is missing is missing soon; a busy machine may take long to draw one that is there. */
const PATIENCE_MS = 15_000;

/** Presses the button with these words, once it is there. */
export async function press(french: string): Promise<void> {
  const words = asSaid(french);
  const button = await seen(
    () => [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === words),
    words,
  );
  button.click();
  await frame();
}

/** Ticks the box, or turns the switch, with these words, once it is there. */
export async function tick(french: string): Promise<void> {
  const words = asSaid(french);
  const box = await seen(() => {
    const label = [...document.querySelectorAll('label')].find((each) => each.textContent.includes(words));
    return label?.querySelector('input') ?? undefined;
  }, words);
  box.click();
  await frame();
}

/** Types into the field under this label, once it is there. */
export async function type(french: string, text: string): Promise<void> {
  const label = asSaid(french);
  const field = await seen(() => {
    const found = [...document.querySelectorAll('label')].find((each) => each.textContent.trim() === label);
    const input = found && document.getElementById(found.htmlFor);
    return input instanceof HTMLInputElement ? input : undefined;
  }, label);
  await fill(field, text);
}

/** Presses the button with this name for screen readers, once it is there. */
export async function pressNamed(name: string): Promise<void> {
  const button = await found<HTMLElement>(`button[aria-label="${asSaid(name)}"]`);
  button.click();
  await frame();
}

/** Presses the line of a table or tree with these words, once it is there. */
export async function pressLine(words: string): Promise<void> {
  const line = await seen(() => {
    const lines = [...document.querySelectorAll<HTMLElement>('[role="row"]')];
    return lines.find((each) => each.textContent.includes(words));
  }, words);
  line.click();
  await frame();
}

/** Writes into the first field that the selector finds, as if typed. */
export async function write(selector: string, text: string): Promise<void> {
  await fill(await found<HTMLInputElement | HTMLTextAreaElement>(selector), text);
}

/** Moves the mouse onto the last element that the selector finds. */
export async function pointAt(selector: string): Promise<void> {
  await found(selector);
  const all = document.querySelectorAll(selector);
  all[all.length - 1]?.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  await frame();
}

/** Holds a file over the first element that the selector finds. */
export async function holdFileOver(selector: string): Promise<void> {
  const target = await found(selector);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['plan'], 'Plan.pdf'));
  target.dispatchEvent(new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer }));
  await frame();
}

/** Waits for the first element that the selector finds. */
export function found<E extends Element>(selector: string): Promise<E> {
  return seen(() => document.querySelector<E>(selector) ?? undefined, selector);
}

/** Waits for a text on the page. */
export async function read(french: string): Promise<void> {
  const text = asSaid(french);
  await seen(() => (document.body.textContent.includes(text) ? document.body : undefined), text);
}

async function fill(field: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  field.focus();
  // React takes a value for new only when it did not set it itself.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
  await frame();
}

async function seen<T>(find: () => T | undefined, what: string): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`the scene has no "${what}"`);
    await frame();
  }
}

function frame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => resolve());
  });
}
