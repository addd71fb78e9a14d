import { describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { PROJECTS } from '../gallery/world/chosen.ts';

let gallery: GalleryWindow;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
});

const open = (scene: string) => gallery.turnTo(scene, { theme: 'light', width: 1024, height: 640 });
const press = (...keys: readonly string[]) => gallery.press(...keys);
const focused = () => gallery.page.locator(':focus').textContent();
const asked = (channel: string) => gallery.asked(channel);
const row = (name: string) => gallery.page.getByRole('dialog').getByRole('row', { name });

describe('another folder', () => {
  it('is looked for, chosen and added with the keys alone', async () => {
    await open('files-chosen');
    const button = gallery.page.getByRole('button', { name: 'Ajouter un dossier' });
    await button.focus();
    await press('Enter');
    await row('Photothèque').waitFor();
    await press('Tab');
    await expect.poll(focused).toContain('Documents');
    await press('p', 'h');
    await expect.poll(focused).toContain('Photothèque');
    await press('ArrowRight');
    await row('2026').waitFor();
    expect(await row('Photothèque').getAttribute('aria-expanded')).toBe('true');
    await press('ArrowDown', 'ArrowDown');
    await expect.poll(focused).toContain('2026');
    expect(await asked('chosenFolders.propose')).toEqual([]);
    await press('Enter');
    await gallery.page.getByText('/home/nadia/Traboule/Dossiers/2026').waitFor();
    expect(await asked('chosenFolders.propose')).toEqual([{ path: 'Photothèque/2026', where: 'suggested' }]);
    await press('Tab');
    await expect.poll(focused).toBe('Choisir ailleurs…');
    await press('Tab', 'Tab');
    await expect.poll(focused).toBe('Ajouter');
    await press('Enter');
    await expect.poll(async () => (await asked('chosenFolders.add')).length).toBe(1);
    await gallery.page.getByText('« 2026 » est maintenant gardé sur ce PC.').first().waitFor();
    await expect.poll(() => button.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it('that meets one of those that are kept says why, and is not chosen', async () => {
    await open('files-add-none');
    await row('Salons').waitFor();
    expect(await row('Salons').textContent()).toContain('Contient');
    await row('Salons').focus();
    await press('Enter', ' ');
    expect(await asked('chosenFolders.propose')).toEqual([]);
    expect(await gallery.page.getByRole('button', { name: 'Ajouter', exact: true }).isDisabled()).toBe(true);
  });

  it('is let go from its line, and the focus is not lost with it', async () => {
    await open('files-chosen');
    await gallery.page.getByRole('row', { name: 'Projets' }).focus();
    await press('Shift+F10', 'End');
    await expect.poll(focused).toBe('Ne plus synchroniser…');
    await press('Enter');
    await gallery.page.getByRole('alertdialog', { name: 'Ne plus synchroniser' }).waitFor();
    const submit = gallery.page.getByRole('button', { name: 'Ne plus synchroniser', exact: true });
    await submit.focus();
    await press('Enter');
    await expect.poll(() => asked('chosenFolders.stop')).toEqual([{ folderId: PROJECTS, copy: 'keep' }]);
    await gallery.page.getByRole('row', { name: 'Projets' }).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Fichiers');
  });
});
