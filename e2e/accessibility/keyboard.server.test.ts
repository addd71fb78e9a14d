import { beforeEach, describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { focusPlace, type Place } from './focus.ts';

// Where the focus goes. What is done with the keys: keyboard-tasks.server.test.ts.
const WIDE = { theme: 'light', width: 1366, height: 768 } as const;
const MEDIUM = { theme: 'light', width: 1024, height: 640 } as const;
const NARROW = { theme: 'light', width: 683, height: 384 } as const;

let gallery: GalleryWindow;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
});

const place = () => focusPlace(gallery.page);
const questions = () => gallery.page.locator('[role=dialog], [role=alertdialog]').count();

async function press(...keys: readonly string[]): Promise<Place> {
  for (const key of keys) await gallery.page.keyboard.press(key);
  return place();
}

/** Presses a key again and again; answers the places in their order. */
async function walk(key: string, steps: number): Promise<Place[]> {
  const places: Place[] = [];
  for (let step = 0; step < steps; step += 1) places.push(await press(key));
  return places;
}

describe('the parts of the window', () => {
  beforeEach(() => gallery.turnTo('salon', WIDE));

  it('are gone through with F6 in the order they stand in, each at its own first place, and back', async () => {
    const ways = await walk('F6', 8);
    expect(ways.slice(0, 4).map(({ name }) => name)).toEqual([
      'Dossier',
      expect.stringContaining('Salons'),
      expect.stringContaining('Coupe du monde de rugby'),
      'Écrire à Coupe du monde de rugby',
    ]);
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
    await gallery.turnTo('salon', WIDE);
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

  it('leads to a salon by the first letters of its name, and opens it with Enter', async () => {
    await gallery.page.keyboard.type('arch');
    expect((await place()).name).toContain('Archives municipales');
    await press('Enter');
    const opened = gallery.page.locator('.conversation');
    await expect.poll(() => opened.getAttribute('aria-label')).toBe('Archives municipales');
  });
});

describe('a question', () => {
  it('keeps the focus in it, ends with Escape and gives the focus back', async () => {
    await gallery.turnTo('salon', WIDE);
    await press('F6');
    const before = await place();
    await press('Control+k');
    await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
    const inside = await walk('Tab', 5);
    expect(inside.filter(({ pane }) => !pane.startsWith('dialog'))).toEqual([]);
    await press('Escape');
    await expect.poll(place).toEqual(before);
  });

  it.each([
    'new-salon',
    'invite',
    'leave',
    'dialog-conflict',
    'dialog-guard',
    'shortcuts',
    'settings-sign-out',
  ])(
    '%s holds the focus from its first moment, ends with Escape and leaves it in the window',
    async (scene) => {
      await gallery.turnTo(scene, WIDE);
      await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
      const inside = await walk('Tab', 8);
      expect(inside.filter(({ pane }) => !pane.startsWith('dialog'))).toEqual([]);
      await press('Escape', 'Escape');
      await expect.poll(questions).toBe(0);
      await expect.poll(async () => (await place()).role).not.toBe('body');
    },
  );
});

describe('a call that rings', () => {
  it('leaves the focus where it is; F6 leads to it first, and it gives the focus back', async () => {
    await gallery.turnTo('ringing', WIDE);
    const before = await place();
    expect(before.name).toBe('Écrire à Coupe du monde de rugby');
    expect(await press('F6')).toMatchObject({ pane: 'Appels entrants', name: 'Répondre' });
    await press('Shift+Tab', 'Enter');
    await gallery.page.getByRole('region', { name: 'Appels entrants' }).waitFor({ state: 'detached' });
    await expect.poll(place).toEqual(before);
  });

  it('is reached from a question that is open, which stays', async () => {
    await gallery.turnTo('ringing', WIDE);
    await press('Control+n');
    await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
    expect(await press('F6')).toMatchObject({ pane: 'Appels entrants', name: 'Répondre' });
    await press('Shift+Tab', 'Enter');
    await expect.poll(async () => (await place()).pane).toMatch(/^dialog/);
  });
});

describe('the side over the conversation', () => {
  it('takes the focus, closes with Escape and gives it back to its button', async () => {
    await gallery.turnTo('salon', MEDIUM);
    await gallery.page.getByRole('button', { name: 'Membres du salon' }).press('Enter');
    await expect.poll(async () => (await place()).name).toBe('Membres');
    await press('Escape');
    await gallery.page.getByRole('complementary').waitFor({ state: 'detached' });
    await expect.poll(async () => (await place()).name).toBe('Membres du salon');
  });
});

describe('a narrow window', () => {
  it('goes from the list to a conversation and back with the focus', async () => {
    await gallery.turnTo('salon', NARROW);
    await gallery.page.getByRole('button', { name: 'Retour à la liste' }).press('Enter');
    await expect.poll(async () => (await place()).pane).toBe('Salons');
    await gallery.page.getByRole('listbox', { name: 'Liste des salons' }).press('Enter');
    await expect.poll(async () => (await place()).name).toBe('Écrire à Coupe du monde de rugby');
  });
});

describe('the call window', () => {
  const name = async () => (await place()).name;

  it('is gone through with F6, and Escape closes the list of people with the focus kept', async () => {
    await gallery.turnTo('call-people', WIDE);
    expect((await press('F6')).name).toBe('Conversation');
    expect((await press('F6')).name).toBe('Fermer');
    // The first Escape is the tooltip's.
    await press('Escape', 'Escape');
    await expect.poll(name).toMatch(/^4 personnes/);
  });

  it('lets somebody in, and keeps the focus', async () => {
    await gallery.turnTo('call-knock', WIDE);
    expect((await press('F6', 'F6')).name).toBe('Refuser Bureau Thévenet');
    await press('Tab', 'Enter');
    await gallery.page.getByText('attend dans le sas').waitFor({ state: 'detached' });
    await expect.poll(name).toMatch(/^Micro/);
  });

  it('leads from what went wrong to the next try with Enter', async () => {
    await gallery.turnTo('call-unreachable', WIDE);
    await expect.poll(name).toBe('Réessayer');
  });
});
