import { describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { RUGBY } from '../gallery/world/salons.ts';

let gallery: GalleryWindow;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
});

const open = (scene: string) => gallery.turnTo(scene, { theme: 'light', width: 1024, height: 640 });
const press = (...keys: readonly string[]) => gallery.press(...keys);
/** The name of the line that has the focus: its first cell, without the figures below it. */
const line = () =>
  gallery.page.evaluate(
    () => document.activeElement?.querySelector('.tree-words')?.firstElementChild?.textContent ?? '',
  );
const becomes = (name: string) => expect.poll(line).toBe(name);
const asked = (channel: string) => gallery.asked(channel);

describe('the tree of folders', () => {
  it('is gone through, opened and left with the keys alone', async () => {
    await open('files-calm');
    await gallery.page.getByRole('tab', { name: 'Dossiers' }).focus();
    await press('Tab');
    await becomes('Coupe du monde de rugby');
    await press('ArrowRight');
    await gallery.page.getByRole('row', { name: 'Courriers' }).waitFor();
    await press('ArrowRight');
    await becomes('Courriers');
    await press('p', 'a');
    await becomes('Parvis.jpg');
    await press('Enter');
    expect(await asked('files.open')).toEqual([{ salonId: RUGBY, path: 'Parvis.jpg' }]);
    await press('ArrowLeft');
    await becomes('Coupe du monde de rugby');
    await press('End');
    await becomes('Piscine, suivi de chantier');
    await press('Home', 'ArrowLeft', 'ArrowDown');
    await becomes('Crèches du 3ᵉ');
  });

  it('shows what can be done with a line, and the focus comes back to it', async () => {
    await open('files-calm');
    await gallery.page.getByRole('tab', { name: 'Dossiers' }).focus();
    await press('Tab', 'Shift+F10');
    const focused = () => gallery.page.locator(':focus').textContent();
    await expect.poll(focused).toBe('Ouvrir le dossier');
    await press('Escape');
    const button = gallery.page.getByRole('button', { name: 'Actions pour Coupe du monde de rugby' });
    await expect.poll(() => button.evaluate((each) => each === document.activeElement)).toBe(true);
    await press('Enter');
    await expect.poll(focused).toBe('Ouvrir le dossier');
    await press('Enter');
    await expect.poll(() => asked('files.reveal')).toEqual([{ salonId: RUGBY, path: '' }]);
  });

  it('goes into a folder that is online only, has it here with its menu, and takes that back', async () => {
    await open('files-calm');
    await gallery.page.getByRole('tab', { name: 'Dossiers' }).focus();
    await press('Tab', 'ArrowRight');
    await gallery.page.getByRole('row', { name: 'Vidéos' }).waitFor();
    await press('v', 'i');
    await becomes('Vidéos');
    await press('ArrowRight', 'ArrowRight');
    await gallery.page.getByRole('row', { level: 3, name: 'Parvis.jpg' }).waitFor();
    await press('ArrowRight');
    await becomes('Budget sécurité.xlsx');
    await press('ArrowLeft');
    await becomes('Vidéos');
    await press('Shift+F10');
    const focused = () => gallery.page.locator(':focus').textContent();
    await expect.poll(focused).toBe('Garder sur ce PC');
    await press('Enter');
    await expect.poll(() => asked('files.choose')).toEqual([{ salonId: RUGBY, unwanted: [] }]);
    await gallery.page.getByRole('button', { name: 'Annuler' }).focus();
    await press('Enter');
    await expect
      .poll(() => asked('files.choose'))
      .toEqual([
        { salonId: RUGBY, unwanted: [] },
        { salonId: RUGBY, unwanted: ['Vidéos'] },
      ]);
    expect(await asked('files.open')).toEqual([]);
  });

  it('leads to the last of 5,000 files, with no more than a few lines in the page', async () => {
    await open('files-tree-thousands');
    await gallery.page.getByRole('row', { name: 'Coupe du monde de rugby' }).focus();
    for (const name of ['Crèches du 3ᵉ', 'Archives municipales', 'Piscine, suivi de chantier'])
      await gallery.page.getByRole('row', { name }).waitFor({ state: 'detached' });
    await press('End');
    await becomes('Piscine, suivi de chantier');
    await press('ArrowUp', 'ArrowUp', 'ArrowUp');
    await expect
      .poll(() => gallery.page.evaluate(() => document.activeElement?.textContent))
      .toContain('5 000');
    expect(await gallery.page.getByRole('row').count()).toBeLessThan(60);
    await press('ArrowUp');
    await becomes('Relevé 5000.csv');
    expect(await gallery.page.locator(':focus').isVisible()).toBe(true);
  });
});

describe('the choice of folders', () => {
  it('is made and kept with the keys alone', async () => {
    await open('files-calm');
    await gallery.page.getByRole('tab', { name: 'Dossiers' }).focus();
    await press('Tab', 'Shift+F10');
    const focused = () => gallery.page.locator(':focus').textContent();
    await expect.poll(focused).toBe('Ouvrir le dossier');
    await press('ArrowDown', 'ArrowDown');
    await expect.poll(focused).toBe('Choisir les dossiers');
    await press('Enter');
    const box = (name: string) => gallery.page.getByRole('checkbox', { name });
    await box('Vidéos').waitFor();
    const tabTo = async (name: string) => {
      const isThere = () => box(name).evaluate((each) => each === document.activeElement);
      for (let steps = 0; steps < 30 && !(await isThere()); steps += 1) await press('Tab');
      expect(await isThere()).toBe(true);
    };
    await tabTo('Captations');
    await press('Space');
    expect(await box('Captations').isChecked()).toBe(false);
    await tabTo('Vidéos');
    await press('Space');
    expect(await box('Vidéos').isChecked()).toBe(true);
    await gallery.page.getByRole('button', { name: 'Enregistrer' }).focus();
    await press('Enter');
    await expect.poll(() => asked('files.choose')).toEqual([{ salonId: RUGBY, unwanted: ['Captations'] }]);
  });

  it('that could not be shown is asked for again with one button', async () => {
    await open('files-choose-unknown');
    await gallery.page.evaluate(() => {
      window.gallery.stage.overrides.files = {};
    });
    await gallery.page.getByRole('button', { name: 'Réessayer' }).focus();
    await press('Enter');
    await gallery.page.getByRole('checkbox', { name: 'Captations' }).waitFor();
    expect(await gallery.page.getByText('Le serveur de fichiers ne répond pas').count()).toBe(0);
  });
});

describe('a full disk', () => {
  it('has room again after three presses, and the focus is not lost', async () => {
    await open('files-full');
    await gallery.page.getByRole('button', { name: 'Libérer de la place' }).focus();
    await press('Enter');
    const box = gallery.page.getByRole('checkbox', { name: 'Captations' });
    await box.waitFor();
    await gallery.page.getByText('Libre ensuite').waitFor();
    const isOn = () => box.evaluate((each) => each === document.activeElement);
    for (let steps = 0; steps < 5 && !(await isOn()); steps += 1) await press('Tab');
    await press('Space');
    await gallery.page.getByRole('button', { name: 'Retirer de ce PC' }).focus();
    await press('Enter');
    await expect
      .poll(() => asked('files.choose'))
      .toEqual([{ salonId: RUGBY, unwanted: ['Captations', 'Vidéos'] }]);
    const focused = () => gallery.page.locator(':focus').textContent();
    await expect.poll(focused).toBe('Libérer de la place');
  });
});

describe('folders that stand still', () => {
  it('are tried again with the button of the notice that says why', async () => {
    await open('files-unreached');
    await gallery.page.getByRole('button', { name: 'Réessayer' }).first().focus();
    await press('Enter');
    await expect.poll(() => asked('files.retry')).toEqual([{ salonId: RUGBY, path: null }]);
  });
});

describe('a speed of one’s own', () => {
  it('is given in a field that says which way', async () => {
    await open('settings-files');
    await gallery.page.getByRole('textbox', { name: /Vitesse d’envoi/ }).fill('900');
    await press('Tab');
    await expect
      .poll(() => asked('settings.change'))
      .toEqual([{ uploadLimit: { kind: 'fixed', kilobytesPerSecond: 900 } }]);
  });
});
