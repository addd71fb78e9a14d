import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RUGBY } from '../gallery/world/salons.ts';
import { type GalleryWindow, openGallery } from './gallery-window.ts';

let gallery: GalleryWindow;
let page: Page;
beforeAll(async () => {
  gallery = await openGallery();
  page = gallery.page;
});
afterAll(() => gallery?.close());

const open = (scene: string) => gallery.show(scene, { theme: 'light', width: 1366, height: 768 });
const name = () =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const said = () =>
  page.evaluate(() =>
    window.gallery.stage.chat.ran.filter(({ name }) => name === 'sendText').map(({ request }) => request),
  );
const value = (selector: string) => page.locator(selector).inputValue();

describe('with the keyboard alone', () => {
  beforeEach(() => open('salon'));

  it('one goes from part to part of the window and back', async () => {
    const parts: (string | null | undefined)[] = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await press('F6');
      parts.push(await name());
    }
    expect(parts).toEqual([
      'Dossier',
      expect.stringContaining('Salons'),
      'Liste des salons',
      'Écrire à Coupe du monde de rugby',
    ]);
    await press('Shift+F6');
    expect(await name()).toBe('Liste des salons');
  });

  it('one writes, mentions someone, sends, and mends what one wrote', async () => {
    await page.keyboard.type('Bonjour @kar');
    await page.getByRole('option', { name: 'Karim Mansouri' }).waitFor();
    await press('Enter');
    await page.keyboard.type('voici');
    await press('Shift+Enter');
    await page.keyboard.type('la suite');
    await press('Enter');
    expect(await said()).toEqual([
      {
        salonId: RUGBY,
        text: 'Bonjour @Karim Mansouri voici\nla suite',
        mentions: ['@k.mansouri:metropole.example'],
      },
    ]);
    await press('ArrowUp');
    await page.getByLabel('Modifier le message').waitFor();
    await page.keyboard.type(' !');
    await press('Enter');
    await page.getByText('(modifié)').waitFor();
    expect(await name()).toBe('Écrire à Coupe du monde de rugby');
  });

  it('one goes through the messages, and deletes one of one\u2019s own', async () => {
    await press('Shift+Tab', 'ArrowUp');
    expect(await name()).toBe('Vous, 10:42');
    await press('Home');
    expect(await name()).toBe('Karim Mansouri, 16:20');
    await press('End', 'ArrowUp', 'Tab', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(await name()).toBe('Supprimer');
    await press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await press('Shift+Tab', 'Enter');
    await page.getByText('Message supprimé').waitFor();
    expect(await name()).toBe('Vous, 10:42');
  });

  it('one finds a salon and is ready to write in it', async () => {
    await press('Control+k');
    await page.getByRole('combobox', { name: /Chercher/ }).waitFor();
    await page.keyboard.type('crec');
    await page
      .getByRole('listbox', { name: 'Résultats' })
      .getByRole('option', { name: /Crèches/ })
      .waitFor();
    await press('Enter');
    await expect.poll(name).toBe('Écrire à Crèches du 3ᵉ');
    await press('Alt+ArrowDown');
    await expect.poll(name).toBe('Écrire à Archives municipales');
    await press('Alt+Shift+ArrowUp');
    await expect.poll(name).toBe('Écrire à Crèches du 3ᵉ');
  });

  it('one keeps what one began in each salon', async () => {
    await page.keyboard.type('à finir');
    await press('Alt+ArrowDown');
    await expect.poll(name).toBe('Écrire à Crèches du 3ᵉ');
    await press('Alt+ArrowUp');
    await expect.poll(() => value('.composer-text')).toBe('à finir');
  });

  it('one makes a salon with people of the directory', async () => {
    await press('Control+n');
    await page.getByRole('dialog', { name: 'Nouveau salon' }).waitFor();
    await page.keyboard.type('Halle');
    await press('Tab');
    await page.keyboard.type('ines');
    await page.locator('.people-popover').getByRole('option', { name: /Inès/ }).waitFor();
    await press('ArrowDown', 'Enter');
    await page.keyboard.type('soph');
    await page
      .locator('.people-popover')
      .getByRole('option', { name: /Sophie/ })
      .waitFor();
    await press('ArrowDown', 'Enter');
    await page.getByText('Inès Navarro peut tout modifier, Sophie Laurent peut lire et déposer').waitFor();
    await press('Enter');
    await page.getByRole('dialog', { name: 'Nouveau salon' }).waitFor({ state: 'detached' });
    const made = await page.evaluate(
      () => window.gallery.stage.main.asked.find(({ channel }) => channel === 'salons.makeFolder')?.payload,
    );
    expect(made).toMatchObject({ name: 'Halle', members: [{ role: 'agent' }, { role: 'partner' }] });
  });

  it('one changes the module, and the focus goes along', async () => {
    await press('Control+2');
    await expect.poll(name).toBe('Suspendre');
    await press('Control+1');
    await expect.poll(name).toBe('Écrire à Coupe du monde de rugby');
  });

  it('one sees all keys, and closes them with Escape', async () => {
    await press('F1');
    await page.getByRole('dialog', { name: 'Raccourcis du clavier' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(name).toBe('Écrire à Coupe du monde de rugby');
  });
});

describe('a long conversation', () => {
  beforeEach(() => open('salon-long'));

  const place = () =>
    page.evaluate(() => {
      const feed = document.querySelector('.timeline');
      if (!feed) throw new Error('no conversation');
      const top = feed.getBoundingClientRect().top;
      const first = [...feed.querySelectorAll<HTMLElement>('[data-row]')].find(
        (row) => row.getBoundingClientRect().top >= top,
      );
      const fromEnd = Math.round(feed.scrollHeight - feed.clientHeight - feed.scrollTop);
      return {
        row: first?.dataset['row'],
        at: Math.round((first?.getBoundingClientRect().top ?? 0) - top),
        fromEnd,
        height: feed.scrollHeight,
      };
    });
  const arrives = (key: string) =>
    page.evaluate(
      ([id, salonId]) => {
        const { chat } = window.gallery.stage;
        const last = chat.world.timelines.get(salonId)?.items.at(-1);
        if (last) chat.add(salonId, { ...last, key: id, eventId: `$${id}` });
      },
      [key, RUGBY] as const,
    );

  it('stays at its end while messages come, and where it is further up', async () => {
    expect((await place()).fromEnd).toBeLessThan(2);
    await arrives('new1');
    await expect.poll(async () => (await place()).fromEnd).toBeLessThan(2);
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, -900);
    await expect.poll(async () => (await place()).fromEnd).toBeGreaterThan(500);
    const before = await place();
    await arrives('new2');
    await expect.poll(async () => (await place()).height).toBeGreaterThan(before.height);
    expect(await place()).toMatchObject({ row: before.row, at: before.at });
    await page.getByRole('button', { name: /Aller à la fin|nouveau/ }).click();
    await expect.poll(async () => (await place()).fromEnd).toBeLessThan(2);
  });

  it('gets its older messages without a jump', async () => {
    await page.mouse.move(700, 400);
    const { height } = await place();
    const up = async () => {
      await page.mouse.wheel(0, -1500);
      return (await place()).height;
    };
    await expect.poll(up, { timeout: 20_000 }).toBeGreaterThan(height + 500);
    const standing = await still();
    await page.waitForFunction(
      () => document.querySelector('[role="feed"]')?.getAttribute('aria-busy') === 'false',
    );
    await still();
    expect(await page.evaluate(topOf, standing.row)).toBe(standing.at);
  });

  /** Where the conversation stands once nothing scrolls any more. */
  async function still() {
    let before = await place();
    await expect
      .poll(
        async () => {
          const now = await place();
          const same = now.row === before.row && now.at === before.at;
          before = now;
          return same;
        },
        { interval: 200 },
      )
      .toBe(true);
    return before;
  }
});

/** Where a message stands below the upper edge of the conversation. */
function topOf(key: string | undefined): number | null {
  const feed = document.querySelector('.timeline');
  const row = feed?.querySelector(`[data-row="${key}"]`);
  return feed && row ? Math.round(row.getBoundingClientRect().top - feed.getBoundingClientRect().top) : null;
}
