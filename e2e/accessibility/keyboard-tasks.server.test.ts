import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { CRECHES, RUGBY } from '../gallery/world/salons.ts';
import { focusPlace } from './focus.ts';

// What is done with the keys. Where the focus goes: keyboard.server.test.ts.
let gallery: GalleryWindow;
let page: Page;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
  page = gallery.page;
});

const open = (scene: string) => gallery.turnTo(scene, { theme: 'light', width: 1366, height: 768 });
const name = async () => (await focusPlace(page)).name;
const press = (...keys: readonly string[]) => gallery.press(...keys);
/** What the chat was asked for under a name. */
const ran = (command: string) =>
  page.evaluate(
    (wanted) =>
      window.gallery.stage.chat.ran.filter(({ name: each }) => each === wanted).map(({ request }) => request),
    command,
  );
const asked = (channel: string) => gallery.asked(channel);
const value = (selector: string) => page.locator(selector).inputValue();

describe('with the keyboard alone', () => {
  beforeEach(() => open('salon'));

  it('one writes, mentions someone, sends, and mends what one wrote', async () => {
    await page.keyboard.type('Bonjour @kar');
    await page.getByRole('option', { name: 'Karim Mansouri' }).waitFor();
    await press('Enter');
    await page.keyboard.type('voici');
    await press('Shift+Enter');
    await page.keyboard.type('la suite');
    await press('Enter');
    expect(await ran('sendText')).toEqual([
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

  it('one goes on writing right after a mention, however fast', async () => {
    await page.keyboard.type('Bonjour @kar');
    await page.getByRole('option', { name: 'Karim Mansouri' }).waitFor();
    const atOnce = await page.locator('.composer-text').evaluate((area: HTMLTextAreaElement) => {
      area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      return { text: area.value, caret: area.selectionStart };
    });
    expect(atOnce).toEqual({ text: 'Bonjour @Karim Mansouri ', caret: 24 });
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
    const [made] = await asked('salons.makeFolder');
    expect(made).toMatchObject({ name: 'Halle', members: [{ role: 'agent' }, { role: 'partner' }] });
  });

  it('one goes to each module by its number, and the focus goes along', async () => {
    const modules = ['Salons', 'Fichiers', 'Appels', 'Réglages'];
    for (const [index, module] of modules.entries()) {
      await press(`Control+${index + 1}`);
      await page.getByRole('heading', { level: 1, name: module }).waitFor();
      await expect.poll(async () => (await focusPlace(page)).role).not.toBe('body');
    }
    await press('Control+2');
    await expect.poll(name).toBe('Fichiers');
    await press('Control+1');
    await expect.poll(name).toBe('Écrire à Coupe du monde de rugby');
  });

  it('one joins the call of the salon, and answers who rings', async () => {
    await press('Control+Shift+A');
    await expect.poll(() => asked('calls.open')).toMatchObject([{ salonId: RUGBY }]);
    await open('ringing');
    await press('F6', 'Enter');
    await expect.poll(() => asked('calls.open')).toMatchObject([{ salonId: CRECHES }]);
  });

  it('one puts off who rings', async () => {
    await open('ringing');
    await press('F6', 'Shift+Tab', 'Enter');
    await expect.poll(() => ran('declineCall')).toEqual([{ salonId: CRECHES, ringId: '$ring' }]);
    expect(await asked('calls.open')).toEqual([]);
  });

  it('one mutes oneself and turns the camera off in a call', async () => {
    await open('call-connecting');
    await press('Control+d', 'Control+e');
    const buttons = () => page.locator('.controls button').evaluateAll(namesOf);
    await expect
      .poll(buttons)
      .toEqual(expect.arrayContaining(['Micro\u202f: le couper', 'Caméra\u202f: la couper']));
    await press('Control+d', 'Control+e');
    await expect
      .poll(buttons)
      .toEqual(
        expect.arrayContaining(['Micro coupé\u202f: le rétablir', 'Caméra coupée\u202f: la rétablir']),
      );
  });

  it('one sends again what was refused, and takes back what waits', async () => {
    await open('salon-everything');
    await page.getByRole('button', { name: 'Renvoyer' }).press('Enter');
    await expect.poll(() => ran('resend')).toHaveLength(1);
    await page.getByRole('button', { name: 'Renvoyer' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Retirer' }).last().press('Enter');
    await expect.poll(() => ran('discardUnsent')).toHaveLength(1);
    await expect.poll(name).toBe('Écrire à Coupe du monde de rugby');
  });

  it('one opens a link outside, and the page goes nowhere', async () => {
    await open('bad-markup');
    const before = page.url();
    await page.getByRole('link', { name: 'lien' }).press('Enter');
    await expect.poll(() => asked('app.openLink')).toEqual([{ url: 'https://exemple.fr/' }]);
    expect(page.url()).toBe(before);
  });

  it('one who may not open the page of a strange network is told so', async () => {
    await open('salons-offline-stranger');
    await page.getByRole('button', { name: 'Ouvrir la page du réseau' }).press('Enter');
    const told = page.getByText('Votre organisation ne permet pas d’ouvrir ce lien');
    await expect.poll(() => told.count()).toBe(1);
  });

  it('one pastes a file, and it goes into the folder of the salon', async () => {
    await page.locator('.composer-text').evaluate((area) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['plan'], 'Plan.txt', { type: 'text/plain' }));
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect.poll(() => asked('files.addFiles')).toMatchObject([{ salonId: RUGBY }]);
    expect(await value('.composer-text')).toBe('');
  });

  it.each(['F1', '?'])('one sees all keys with %s, and closes them with Escape', async (key) => {
    await press('F6');
    const before = await focusPlace(page);
    await press(key);
    await page.getByRole('dialog', { name: 'Raccourcis du clavier' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focusPlace(page)).toEqual(before);
  });

  it('one chooses another language, and all that is shown speaks it at once', async () => {
    await open('settings');
    const languages = page.getByRole('radiogroup', { name: 'Langue' });
    await languages.getByRole('radio', { name: 'Français' }).focus();
    await press('ArrowRight');
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByText('Réglages', { exact: true }).count()).toBe(0);
    await press('ArrowLeft');
    await page.getByRole('heading', { name: 'Apparence' }).waitFor();
    expect(await page.getByText('Settings', { exact: true }).count()).toBe(0);
  });

  it('one types a question mark in a message', async () => {
    await page.keyboard.type('ça va ?');
    expect(await value('.composer-text')).toBe('ça va ?');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

function namesOf(elements: readonly Element[]): (string | null)[] {
  return elements.map((element) => element.getAttribute('aria-label'));
}

describe('in a conversation, with the keyboard alone', () => {
  beforeEach(() => open('salon'));

  it('one keeps what one began to change in a message, until one leaves it as it was', async () => {
    const editor = '.message-editor-text';
    await press('ArrowUp');
    const before = await value(editor);
    await page.keyboard.type(' Et merci encore.');
    await press('Alt+ArrowDown');
    await expect.poll(name).toBe('Écrire à Crèches du 3ᵉ');
    await press('Alt+ArrowUp');
    await expect.poll(name).toBe('Écrire à Coupe du monde de rugby');
    await press('ArrowUp');
    await expect.poll(() => value(editor)).toBe(`${before} Et merci encore.`);
    await press('Escape', 'ArrowUp');
    await expect.poll(() => value(editor)).toBe(before);
  });

  it('one stops a file that is fetched, begins again, and has the focus in hand all the time', async () => {
    await open('salon-coming');
    const card = page.locator('.card', { hasText: 'relevé-topographique.dwg' });
    const bar = card.locator('[role=progressbar]');
    expect(await bar.getAttribute('aria-label')).toBe('Récupération de relevé-topographique.dwg');
    expect(await bar.getAttribute('aria-valuetext')).toMatch(/^42\s%$/);
    await card.getByRole('button', { name: 'Arrêter' }).press('Enter');
    await expect.poll(name).toBe('Enregistrer…');
    expect(await ran('stopMedia')).toContainEqual({ key: 'slow dwg' });
    expect(await bar.count()).toBe(0);
    await press('Enter');
    await expect.poll(name).toBe('Arrêter');
    await page.getByRole('button', { name: 'Afficher l’image' }).press('Enter');
    await expect.poll(name).toBe('Arrêter');
  });
});
