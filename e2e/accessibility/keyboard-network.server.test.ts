import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GalleryWindow, openGallery } from '../gallery/gallery-window.ts';

let gallery: GalleryWindow;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery?.close());

const open = (scene: string) => gallery.show(scene, { theme: 'light', width: 1024, height: 640 });
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await gallery.page.keyboard.press(key);
};
const field = (name: string) => gallery.page.getByRole('textbox', { name });
const hasFocus = (name: string) => () => field(name).evaluate((each) => each === document.activeElement);
const dialog = () => gallery.page.getByRole('dialog');
const answers = () =>
  gallery.page.evaluate(() =>
    window.gallery.stage.main.asked.flatMap(({ channel, payload }) =>
      /^network\.(answer|choose)/.test(channel) ? [payload] : [],
    ),
  );

describe('the question of a proxy', () => {
  it('takes the focus from the message in hand, and gives it back when it is left', async () => {
    await open('salon');
    const composer = gallery.page.locator('.composer-text');
    await composer.focus();
    await gallery.page.evaluate(() =>
      window.gallery.stage.main.emit('network', 'changed', {
        doubtful: [],
        question: {
          kind: 'proxy',
          id: 'while-writing',
          proxy: 'proxy.metropole.example:3128',
          realm: '',
          user: '',
          wasRefused: false,
          mayRemember: false,
        },
      }),
    );
    await expect.poll(hasFocus('Identifiant')).toBe(true);
    await press('Escape');
    await expect.poll(answers).toEqual([{ id: 'while-writing', answer: null }]);
    await gallery.page.evaluate(() =>
      window.gallery.stage.main.emit('network', 'changed', { doubtful: [], question: null }),
    );
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => composer.evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it('goes back to the user name that is missing', async () => {
    await open('network-proxy');
    await expect.poll(hasFocus('Identifiant')).toBe(true);
    await press('Tab', 'x', 'Enter');
    await expect.poll(hasFocus('Identifiant')).toBe(true);
    await gallery.page.getByText('Saisissez votre identifiant.').waitFor();
    expect(await answers()).toEqual([]);
    await press('n', 'Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(await answers()).toEqual([
      { id: 'proxy-1', answer: { user: 'n', password: 'x', remember: true } },
    ]);
  });

  it('that was refused begins at the password', async () => {
    await open('network-proxy-refused');
    await expect.poll(hasFocus('Mot de passe du réseau')).toBe(true);
  });
});

describe('the choice of a certificate', () => {
  it('is made with the arrows', async () => {
    await open('network-certificates');
    await press('Tab', 'ArrowDown', 'Tab', 'Tab', 'Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(await answers()).toEqual([{ id: 'certificate-1', fingerprint: 'sha256/card' }]);
  });

  it('is left with Escape, showing none', async () => {
    await open('network-certificates');
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await answers()).toEqual([{ id: 'certificate-1', fingerprint: null }]);
  });
});
