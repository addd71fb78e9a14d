import { describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { focusPlace } from './focus.ts';

let gallery: GalleryWindow;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
});

const open = (scene: string) => gallery.turnTo(scene, { theme: 'light', width: 1024, height: 640 });
const press = (...keys: readonly string[]) => gallery.press(...keys);
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

/** The name and role of what has the focus. */
const focus = async () => {
  const { role, name } = await focusPlace(gallery.page);
  return `${role} ${name}`;
};
const asked = async (channel: string) => (await gallery.asked(channel)).length;
/** Gives the focus to a button, as by Tab. */
const goTo = (name: string) => gallery.page.getByRole('button', { name, exact: true }).focus();

describe('the accounts', () => {
  it('of the menu are walked with the arrows, and Escape gives the focus back', async () => {
    await open('salon');
    await openAccounts();
    await press('ArrowDown', 'ArrowDown');
    await expect.poll(focus).toBe('menuitem Ajouter un compte');
    await press('Escape');
    await expect.poll(focus).toBe('button Mon compte, Nadia Benali');
    expect(await asked('accounts.show')).toBe(0);
    expect(await asked('accounts.add')).toBe(0);
  });

  it('are shown from the menu with Enter', async () => {
    await open('salon');
    await openAccounts();
    await press('ArrowDown', 'Enter');
    await expect.poll(() => asked('accounts.show')).toBe(1);
  });

  it('are shown and added from the settings', async () => {
    await open('settings-accounts');
    await goTo('Afficher le compte Nadia Benali (élue)');
    await press('Enter');
    await expect.poll(() => asked('accounts.show')).toBe(1);
    await press('Tab');
    await expect.poll(focus).toBe('button Ajouter un compte');
    await press('Enter');
    await expect.poll(() => asked('accounts.add')).toBe(1);
  });

  /** There are two of them from now on; the menu stands open at the first. */
  async function openAccounts(): Promise<void> {
    await gallery.page.evaluate(() => {
      const { stage } = window.gallery;
      const [first] = stage.world.accounts.accounts;
      if (!first) throw new Error('nobody is signed in');
      const second = { ...first, id: crypto.randomUUID(), name: 'Nadia Benali (élue)', isShown: false };
      stage.main.emit('accounts', 'listChanged', { accounts: [first, second], mayAdd: true, isWhole: true });
    });
    await gallery.page.locator('.rail-me[aria-haspopup]').focus();
    await press('Enter');
    await expect.poll(async () => (await focus()).split(' ')[0]).toBe('menuitemradio');
  }
});

describe('the downloads', () => {
  const row = (name: string) => gallery.page.locator('.download', { hasText: name });

  it('keep the focus where one of them goes, at the one that stands in its place', async () => {
    await open('downloads');
    await goTo('Retirer Compte rendu.pdf de la liste');
    await press('Enter');
    await row('Compte rendu.pdf').waitFor({ state: 'detached' });
    await expect.poll(focus).toContain('Relevé topographique');
    await press('Tab');
    await expect.poll(focus).toContain('button Reprendre le téléchargement de Relevé');
    await goTo('Arrêter le téléchargement de Plans du gymnase.zip');
    await press('Enter');
    await row('Plans du gymnase.zip').waitFor({ state: 'detached' });
    await expect.poll(focus).toContain('Relevé topographique');
    await goTo('Vider la liste');
    await press('Enter');
    await row('Relevé').waitFor({ state: 'detached' });
    await expect.poll(focus).toBe('button Fermer');
  });

  it('keep the focus where the one in hand comes to its end', async () => {
    await open('downloads');
    await goTo('Arrêter le téléchargement de Plans du gymnase.zip');
    await gallery.page.evaluate(() => {
      const { stage } = window.gallery;
      const [first, ...others] = stage.world.downloads.downloads;
      if (!first) throw new Error('nothing is downloaded');
      const downloads = [{ ...first, state: { step: 'done', isElsewhere: false } as const }, ...others];
      stage.main.emit('downloads', 'changed', { ...stage.world.downloads, downloads });
    });
    await expect.poll(focus).toMatch(/^button Afficher dans le dossier.*Plans du gymnase\.zip$/);
  });

  it('are opened from the rail, and Escape gives the focus back there', async () => {
    await open('downloads');
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await gallery.page.locator('.rail-button', { hasText: 'Reçus' }).focus();
    await press('Enter');
    await dialog().waitFor();
    await press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(focus).toContain('button Reçus');
  });
});
