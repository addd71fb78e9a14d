import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import chat from '../../renderer/i18n/fr/chat.json';
import errors from '../../renderer/i18n/fr/errors.json';
import salons from '../../renderer/i18n/fr/salons.json';
import signin from '../../renderer/i18n/fr/signin.json';
import { type GalleryWindow, type Look, openGallery } from '../gallery/gallery-window.ts';
import { axeFindings, focusFindings, overflowFindings } from './findings.ts';

interface Step extends Look {
  readonly check: 'all' | 'colours' | 'parts' | 'size';
}
/**
 * A usual screen in both themes, a small window, and a small screen at 200 %. Each is the way from the one before it.
 * Colours are the same in every size, sizes in every theme.
 */
const STEPS: readonly Step[] = [
  { theme: 'light', width: 1366, height: 768, check: 'all' },
  { theme: 'dark', width: 1366, height: 768, check: 'colours' },
  { theme: 'dark', width: 1024, height: 640, check: 'size' },
  { theme: 'dark', width: 683, height: 384, check: 'parts' },
];

let gallery: GalleryWindow;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

/** The scenes are looked at in so many parts, each far from its limit on a slow machine. */
const PARTS = 6;

describe('every screen', () => {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(
    `passes axe-core, fits its window and shows the focus, in both themes and three sizes (part %i of ${PARTS}, from 0)`,
    async (part) => {
      const scenes = await gallery.scenes();
      expect(scenes.length).toBeGreaterThan(20);
      const found: string[] = [];
      for (const scene of scenes.filter((_, index) => index % PARTS === part))
        found.push(...(await findingsOf(scene)));
      expect(found).toEqual([]);
    },
    300_000,
  );
});

/** What a person reads: what happened, what is kept, what to do. */
const BAD_INPUT: Readonly<Record<string, readonly string[]>> = {
  'bad-no-server': atTheDoor(errors.unreachable.chat),
  'bad-html': atTheDoor(errors['not-a-server'].chat),
  'bad-certificate': atTheDoor(errors.certificate.chat),
  'bad-chat-revoked': [salons.expired.title, salons.expired.text, salons.expired.action],
  'bad-files-revoked': Object.values(salons.folder.expired),
  'bad-disk': words('disk-full', 'read-only-here', 'read-only-there'),
  'bad-files': words('file-in-use', 'name-not-allowed'),
  'bad-drop': [errors.problem['disk-full'].title, errors.problem['disk-full'].action],
  'bad-long-message': [chat.cut],
};

function atTheDoor({ title, action }: typeof errors.certificate.chat): string[] {
  return [title, signin.kept, action];
}

function words(...codes: readonly (keyof typeof errors.problem)[]): string[] {
  return codes.flatMap((code) => Object.values(errors.problem[code]));
}

describe('what goes wrong from outside', () => {
  it.each(Object.entries(BAD_INPUT))('%s is said in plain words', async (scene, said) => {
    await gallery.show(scene, { theme: 'light', width: 1366, height: 768 });
    const shown = (await gallery.page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
    for (const sentence of said) expect(shown).toContain(sentence.replaceAll(/\s+/g, ' '));
  });
});

describe('a message with hostile markup', () => {
  it('loads nothing, runs nothing, asks nothing and lies over nothing', async () => {
    const asked: string[] = [];
    const note = (request: Request): unknown => asked.push(request.url());
    gallery.page.on('request', note);
    await gallery.show('bad-markup', { theme: 'light', width: 1366, height: 768 });
    const message = gallery.page.locator('.text', { hasText: 'Bonjour' }).first();
    const shown = await message.evaluate((text) =>
      [...text.querySelectorAll('*')]
        .flatMap((element) => [
          element.tagName.toLowerCase(),
          [...element.attributes].map(({ name, value }) => `${name}=${value}`),
        ])
        .flat(),
    );
    gallery.page.off('request', note);
    expect(asked.filter((url) => url.includes('spy.example'))).toEqual([]);
    expect(await gallery.page.title()).toBe('Traboule');
    expect(shown).toContain('href=https://exemple.fr/');
    const unwanted =
      /^(img|script|style|svg|iframe|form|input|button|video|object|base|math)$|^(style|on\w+|id|src|action)=|javascript:/;
    expect(shown.filter((each) => unwanted.test(each))).toEqual([]);
  });
});

async function findingsOf(scene: string): Promise<string[]> {
  const found: string[] = [];
  for (const step of STEPS) {
    await (step === STEPS[0] ? gallery.show(scene, step) : gallery.become(step));
    const here = await findings(gallery.page, step.check);
    found.push(...here.map((line) => `${scene} ${step.theme} ${step.width}x${step.height}: ${line}`));
  }
  return found;
}

async function findings(page: Page, check: Step['check']): Promise<string[]> {
  const found = await overflowFindings(page);
  if (check !== 'size') found.push(...(await axeFindings(page, { colours: check !== 'parts' })));
  if (check === 'all') found.push(...(await focusFindings(page, 8)));
  return found;
}
