import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GalleryWindow, openGallery } from './gallery-window.ts';

const WINDOW = { theme: 'light', width: 1366, height: 768 } as const;

let gallery: GalleryWindow;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

/** Where the focus is: the part of the window, and the element by its role or tag and its name. */
interface Place {
  readonly pane: string;
  readonly role: string;
  readonly name: string;
}

function place(): Promise<Place> {
  return gallery.page.evaluate(() => {
    const at = document.activeElement ?? document.body;
    const active = at.getAttribute('aria-activedescendant');
    const shown = (active && document.getElementById(active)) || at;
    const dialog = at.closest('[role=dialog], [role=alertdialog]');
    const label = dialog?.getAttribute('aria-labelledby')?.split(' ')[0];
    const title = label ? document.getElementById(label)?.textContent : dialog?.getAttribute('aria-label');
    const pane = dialog ? `dialog ${title ?? ''}` : at.closest('[data-pane]')?.getAttribute('aria-label');
    return {
      pane: pane ?? '',
      role: shown.getAttribute('role') ?? shown.tagName.toLowerCase(),
      name: (shown.getAttribute('aria-label') ?? shown.textContent.trim()).slice(0, 60),
    };
  });
}

async function press(...keys: readonly string[]): Promise<Place> {
  for (const key of keys) await gallery.page.keyboard.press(key);
  return place();
}

/** Presses a key until the focus was everywhere and is back; answers the places in their order. */
async function walk(key: string, most: number): Promise<Place[]> {
  const places: Place[] = [];
  for (let step = 0; step < most; step += 1) places.push(await press(key));
  return places;
}

describe('the parts of the window', () => {
  beforeEach(() => gallery.show('salon', WINDOW));

  it('are gone through with F6 in the order they stand in, and back with Shift+F6', async () => {
    const ways = await walk('F6', 8);
    const panes = ways.map(({ pane }) => pane);
    const round = panes.slice(0, 4);
    expect(new Set(round).size).toBe(4);
    expect(panes).toEqual([...round, ...round]);
    const back = (await walk('Shift+F6', 4)).map(({ pane }) => pane);
    expect(back).toEqual([round[2], round[1], round[0], round[3]]);
  });

  it('are reached with Tab too, and Shift+Tab goes the same way back', async () => {
    await press('F6');
    const there = await walk('Tab', 12);
    const back = await walk('Shift+Tab', 11);
    expect(back).toEqual(there.slice(0, -1).toReversed());
    expect(there.every(({ name }) => name !== '')).toBe(true);
  });
});

describe('the list of salons', () => {
  beforeEach(async () => {
    await gallery.show('salon', WINDOW);
    for (let step = 0; step < 4 && (await place()).role !== 'option'; step += 1) await press('F6');
  });

  it('is gone through with the arrows, Home and End', async () => {
    const first = await press('Home');
    expect(first.role).toBe('option');
    const second = await press('ArrowDown');
    expect(second).not.toEqual(first);
    expect(await press('ArrowUp')).toEqual(first);
    const last = await press('End');
    expect(last.role).toBe('option');
    expect(last).not.toEqual(first);
  });

  it('opens a salon with Enter', async () => {
    await press('Home');
    const { name } = await press('ArrowDown', 'ArrowDown');
    await press('Enter');
    const opened = gallery.page.locator('.conversation');
    await expect.poll(() => opened.getAttribute('aria-label')).toBeTruthy();
    const label = await opened.getAttribute('aria-label');
    expect(name).toContain(label?.slice(0, 12));
  });
});

describe('a question', () => {
  it('keeps the focus in it, ends with Escape and gives the focus back', async () => {
    await gallery.show('salon', WINDOW);
    await press('F6');
    const before = await place();
    await press('Control+k');
    await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
    const inside = await walk('Tab', 5);
    expect(inside.filter(({ pane }) => !pane.startsWith('dialog'))).toEqual([]);
    await press('Escape');
    await expect.poll(place).toEqual(before);
  });

  it('finds and opens with the arrows and Enter', async () => {
    await gallery.show('salon', WINDOW);
    await press('Control+k');
    await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
    await gallery.page.keyboard.type('Archives');
    await expect.poll(async () => (await press('ArrowDown')).role).toBe('option');
    await press('Enter');
    await expect
      .poll(() => gallery.page.locator('.conversation').getAttribute('aria-label'))
      .toMatch(/Archives/);
  });

  it.each(['new-salon', 'invite', 'leave', 'dialog-conflict', 'dialog-guard', 'shortcuts'])(
    '%s holds the focus from its first moment and ends with Escape',
    async (scene) => {
      await gallery.show(scene, WINDOW);
      await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
      const inside = await walk('Tab', 8);
      expect(inside.filter(({ pane }) => !pane.startsWith('dialog'))).toEqual([]);
      await press('Escape', 'Escape');
      await expect.poll(() => gallery.page.locator('[role=dialog], [role=alertdialog]').count()).toBe(0);
    },
  );
});
