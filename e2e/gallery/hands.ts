/** What a person's hands do on the page of a scene: found by the words they see. */

const PATIENCE_MS = 3000;

/** Presses the button with these words, once it is there. */
export async function press(words: string): Promise<void> {
  const button = await seen(
    () => [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === words),
    words,
  );
  button.click();
  await frame();
}

/** Types into the field under this label, once it is there. */
export async function type(label: string, text: string): Promise<void> {
  const field = await seen(() => {
    const found = [...document.querySelectorAll('label')].find((each) => each.textContent.trim() === label);
    const input = found && document.getElementById(found.htmlFor);
    return input instanceof HTMLInputElement ? input : undefined;
  }, label);
  field.focus();
  field.setRangeText(text, 0, field.value.length, 'end');
  // React takes a value for new only when it did not set it itself.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await frame();
}

/** Waits for a text on the page. */
export async function read(text: string): Promise<void> {
  await seen(() => (document.body.textContent.includes(text) ? document.body : undefined), text);
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
