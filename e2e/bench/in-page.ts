// What a person does in the page, done by the page itself: it is timed where it happens.
import { z } from 'zod';
import common from '../../renderer/i18n/fr/common.json' with { type: 'json' };
import type { WatchedPage } from './devtools.ts';

/** Milliseconds from the password's "Se connecter" to the first salons on screen. */
export async function signIn(page: WatchedPage, user: string, password: string): Promise<number> {
  return z.number().parse(await page.call(signInHere, user, password, common.later));
}

/** Opens some of the salons on screen one after the other: milliseconds from each click to the salon's messages. */
export async function openSalons(page: WatchedPage, count: number): Promise<number[]> {
  return z.array(z.number()).parse(await page.call(openHere, count));
}

/** In the page. The two questions of a new device, answered without thinking; the recovery code is put off. */
async function signInHere(user: string, password: string, later: string): Promise<number> {
  const seen = async <T>(find: () => T | null | undefined): Promise<T> => {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const found = find();
      if (found !== null && found !== undefined) return found;
      if (performance.now() > deadline)
        throw new Error(`not found: ${document.body.innerText.slice(0, 200)}`);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  };
  const type = async (selector: string, text: string): Promise<void> => {
    const field = await seen(() => document.querySelector<HTMLInputElement>(selector));
    // React listens to the field's own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const submit = async (): Promise<void> =>
    (await seen(() => document.querySelector('form'))).requestSubmit();
  await type('input[autocomplete=username]', user);
  await submit();
  await type('input[type=password]', password);
  const from = performance.now();
  await submit();
  const shown = () => performance.getEntriesByName('salons', 'mark')[0]?.startTime;
  const button = () =>
    [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === later);
  await seen(() => shown() ?? button());
  button()?.click();
  return (await seen(shown)) - from;
}

/** In the page. A salon is open when its own heading and a message of it are in the page and were painted. */
async function openHere(count: number): Promise<number[]> {
  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  const took: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const row = [...document.querySelectorAll<HTMLElement>('[role=option]')][index + 1];
    const name = row?.querySelector('.salon-row-name .cut')?.textContent;
    if (!row || !name) throw new Error(`there is no salon ${index + 1} on screen`);
    const from = performance.now();
    row.click();
    const isOpen = () =>
      document.querySelector('.conversation-head')?.textContent?.includes(name) &&
      document.querySelector('[role=feed] .message-body') !== null;
    while (!isOpen()) {
      if (performance.now() - from > 30_000) throw new Error(`${name} does not open`);
      await frame();
    }
    took.push(performance.now() - from);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
  }
  return took;
}
