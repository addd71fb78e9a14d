import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { RUGBY } from '../gallery/world/salons.ts';
import { focusPlace } from './focus.ts';

// What happens on the page without the person asking for it.
let gallery: GalleryWindow;
let page: Page;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
  page = gallery.page;
});

const open = (scene: string) => gallery.turnTo(scene, { theme: 'light', width: 1366, height: 768 });
/** What a screen reader is told, at each urgency. */
const told = (urgency: 'polite' | 'assertive') =>
  page.evaluate(
    (wanted) =>
      document.querySelector(`#root > .visually-hidden > [aria-live=${wanted}]`)?.textContent.trim(),
    urgency,
  );

describe('a screen reader', () => {
  it('is told of a message that comes, not of the history', async () => {
    await open('salon');
    expect(await told('polite')).toBe('');
    await page.evaluate((salonId) => {
      const { chat } = window.gallery.stage;
      const first = chat.world.timelines.get(salonId)?.items[0];
      if (first) chat.add(salonId, { ...first, key: 'new', eventId: '$new', at: Date.now() + 60_000 });
    }, RUGBY);
    await expect.poll(() => told('polite')).toMatch(/^Karim Mansouri.*Les services techniques/);
  });

  it('is told at once of a call that rings, and how to answer it', async () => {
    await open('ringing');
    await expect
      .poll(() => told('assertive'))
      .toBe('Karim Mansouri vous appelle dans Crèches du 3ᵉ. F6 pour répondre.');
  });

  it('is told of what goes wrong with the files of any salon', async () => {
    await open('salon');
    await page.evaluate((salonId) => {
      const { world, show } = window.gallery.stage;
      const overview = structuredClone(world.overview);
      for (const folder of overview.folders)
        if (folder.salonId === salonId) folder.activity = { state: 'gone' };
      show(overview);
    }, RUGBY);
    await expect.poll(() => told('polite')).toMatch(/^Coupe du monde de rugby.*dossier retiré$/);
  });
});

describe('a person who does not want to be disturbed', () => {
  it('neither sees nor hears a call that rings', async () => {
    await open('ringing-quiet');
    expect(await page.getByRole('region', { name: 'Appels entrants' }).count()).toBe(0);
    expect(await told('assertive')).toBe('');
    expect(await page.getByText('Appel entrant').count()).toBe(0);
  });
});

describe('a part of the window that can\u2019t be drawn', () => {
  it('says so where it stands, leaves the rest and can be shown again', async () => {
    await open('part-failed');
    await page.getByRole('alert').getByText('Cette partie n\u2019a pas pu s\u2019afficher').waitFor();
    await expect.poll(async () => (await focusPlace(page)).name).toBe('Afficher de nouveau');
    const logged = await page.evaluate(() =>
      window.gallery.stage.main.asked.find(({ channel }) => channel === 'app.log'),
    );
    expect(logged?.payload).toMatchObject({ level: 'error', event: 'page.part-failed' });
    await page.getByRole('option', { name: /Crèches du 3ᵉ/ }).waitFor();
    await page.evaluate(() => window.gallery.stage.chat.tellAll());
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Écrire à Coupe du monde de rugby' }).waitFor();
    await expect.poll(async () => (await focusPlace(page)).role).not.toBe('body');
  });
});

describe('motion', () => {
  const moving = () =>
    page.evaluate(
      () =>
        document.getAnimations().filter(({ effect }) => {
          const { duration = 0, iterations = 1 } = effect?.getTiming() ?? {};
          return Number(duration) > 1 || iterations > 1;
        }).length,
    );

  it('is there to show that something comes, and not for who asked for none', async () => {
    await open('salons-loading');
    await page.locator('.skeleton').first().waitFor();
    expect(await moving()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
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
    const before = await still();
    await arrives('new2');
    await expect.poll(async () => (await place()).height).toBeGreaterThan(before.height);
    expect(await place()).toMatchObject({ row: before.row, at: before.at });
    await page.getByRole('button', { name: /Aller à la fin|nouveau/ }).click();
    await expect.poll(async () => (await place()).fromEnd).toBeLessThan(2);
  });

  it('leads back to where the salon began', async () => {
    await page.mouse.move(700, 400);
    const begin = page.getByText('Ici commence le salon.');
    const up = async () => {
      await page.mouse.wheel(0, -4000);
      return begin.count();
    };
    await expect.poll(up, { timeout: 30_000 }).toBe(1);
  });

  it('gets its older messages without a jump', async () => {
    const feed = page.locator('.timeline');
    const scrollTo = (top: number) =>
      feed.evaluate((element, to) => {
        element.scrollTop = to;
      }, top);
    await scrollTo(900);
    const { height } = await still();
    await scrollTo(400);
    await page.locator('.timeline[aria-busy=true]').waitFor();
    const standing = await place();
    await page.locator('.timeline[aria-busy=false]').waitFor();
    expect((await still()).height).toBeGreaterThan(height + 500);
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
