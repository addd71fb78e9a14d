import type { Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import chat from '../../renderer/i18n/fr/chat.json';
import common from '../../renderer/i18n/fr/common.json';
import errors from '../../renderer/i18n/fr/errors.json';
import files from '../../renderer/i18n/fr/files.json';
import salons from '../../renderer/i18n/fr/salons.json';
import signin from '../../renderer/i18n/fr/signin.json';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';

let gallery: GalleryWindow;
withGallery.beforeAll(({ gallery: shared }) => {
  gallery = shared;
});

/** What a person reads: what happened, what is kept, what to do. */
const BAD_INPUT: Readonly<Record<string, readonly string[]>> = {
  'bad-no-server': atTheDoor(errors.unreachable.chat),
  'bad-html': atTheDoor(errors['not-a-server'].chat),
  'bad-certificate': atTheDoor(errors.certificate.chat),
  'bad-chat-revoked': [salons.expired.title, salons.expired.text, salons.expired.action],
  'bad-files-revoked': Object.values(salons.folder.expired),
  'bad-disk': words('disk-full', 'read-only-here', 'read-only-there'),
  'bad-files': [...words('file-in-use', 'name-not-allowed', 'disk-error'), common.details],
  'files-unreached': [
    files.offline.certificate.meaning,
    files.failed['other-program'],
    files.failed['drive-silent'],
    common.retry,
  ],
  'files-low-room': [files.lowRoom.low.text, files.act.free, files.lowRoom.read],
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
    await gallery.turnTo(scene, { theme: 'light', width: 1366, height: 768 });
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
