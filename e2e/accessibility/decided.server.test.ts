import { describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';

let gallery: GalleryWindow;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
});

const open = (scene: string) => gallery.turnTo(scene, { theme: 'light', width: 1024, height: 640 });
const asked = (channel: string) => gallery.asked(channel);

describe('what the organisation decided', () => {
  it('says so beside the setting, which nobody can change', async () => {
    await open('settings-locked');
    const metered = gallery.page.getByRole('switch', {
      name: /^Suspendre quand la connexion est limitée.*Décidé par votre organisation, pour ce PC$/,
    });
    expect(await metered.isDisabled()).toBe(true);
    const left = gallery.page.getByRole('switch', { name: /^Démarrer avec la session/ });
    expect(await left.isDisabled()).toBe(false);
  });

  it('is listed with who decided it and where, and copied for whoever helps', async () => {
    await open('settings-decided');
    const list = gallery.page.locator('.decided li');
    expect(await list.count()).toBe(4);
    expect(await list.nth(1).innerText()).toMatch(
      /^Mises à jour · Nouvelles versions\s+Ne rien chercher\s+Décidé par votre organisation, pour ce PC\s+updateMode · HKLM/,
    );
    await gallery.page.getByRole('button', { name: 'Copier la liste' }).click();
    await expect.poll(() => asked('app.copyText')).toEqual([{ text: expect.stringContaining('updateMode') }]);
  });
});
