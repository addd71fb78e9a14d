import { describe, expect, it } from 'vitest';
import { withGallery } from '../gallery/gallery-test.ts';
import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { colourFindings } from './colour-findings.ts';
import { axeFindings, overflowFindings } from './findings.ts';
import { focusFindings } from './focus-findings.ts';

const LIGHT = { theme: 'light', width: 1366, height: 768 } as const;
const SMALL = { theme: 'light', width: 683, height: 384 } as const;

/** Each kind of finding, with a defect that was put there on purpose. */
describe('what is looked for on every screen', () => {
  let gallery: GalleryWindow;
  withGallery.beforeAll(({ gallery: shared }) => {
    gallery = shared;
  });

  const spoil = (css: string) =>
    gallery.page.evaluate((rules) => {
      const style = document.head.appendChild(document.createElement('style'));
      style.textContent = rules;
    }, css);

  /** Puts something into the scene in hand, and styles it. */
  const put = async (html: string, css: string = '') => {
    await spoil(css);
    await gallery.page.evaluate((added) => document.body.insertAdjacentHTML('beforeend', added), html);
  };

  it('finds a text that has the colour of its ground, in a part that was not there before', async () => {
    const { page } = gallery;
    await gallery.show('salon', LIGHT);
    expect(await colourFindings(page)).toEqual([]);
    await page.evaluate(() => {
      const text = document.body.appendChild(document.createElement('p'));
      text.textContent = 'Un mot pâle';
      text.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 9; color: #eee; background: #fff';
    });
    expect(await colourFindings(page)).toEqual([expect.stringContaining('Un mot pâle')]);
  });

  it('looks at colours anew in another theme and in another state', async () => {
    const { page } = gallery;
    await gallery.show('salon', LIGHT);
    expect(await colourFindings(page)).toEqual([]);
    await spoil('[data-theme="dark"] * { color: #333 !important; background-color: #222 !important; }');
    await gallery.become({ ...LIGHT, theme: 'dark' });
    expect((await colourFindings(page)).length).toBeGreaterThan(5);
    await gallery.become(LIGHT);
    await spoil('[aria-selected="false"] * { color: #eee !important; background-color: #fff !important; }');
    await page.evaluate(() =>
      document.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false'),
    );
    expect((await colourFindings(page)).length).toBeGreaterThan(0);
  });

  it('finds a pale text that lay under something before, and one of a kind that stood on another ground', async () => {
    const { page } = gallery;
    await gallery.show('bad-certificate', LIGHT);
    await put(
      '<p class="pale at-corner">Un mot pâle</p><p class="cover at-corner">Rien</p><p class="pale on-dark">Un mot clair</p>',
      `.at-corner { position: fixed; inset: 0 auto auto 0; z-index: 9; width: 200px; height: 40px; margin: 0 }
      .pale { color: #ddd; background: #fff } .cover { background: #fff; color: #000 } .on-dark { position: fixed; inset: 0 0 auto auto; background: #000 }`,
    );
    expect(await colourFindings(page)).toEqual([]);
    await page.evaluate(() => document.querySelector('.cover')?.remove());
    expect(await colourFindings(page)).toEqual([expect.stringContaining('Un mot pâle')]);
    await spoil('.on-dark { background: #fff }');
    expect(await colourFindings(page)).toEqual([expect.stringContaining('Un mot clair')]);
  });

  it.each([
    ['side by side', 'width: 12px; height: 12px; padding: 0', 'left: 4px'],
    ['one over the other', 'width: 90px; height: 40px', 'transform: translateX(-80px)'],
  ])('finds buttons that are hard to meet, in one size of the window: %s', async (_, small, near) => {
    await gallery.show('bad-certificate', LIGHT);
    await put(
      '<div class="pair"><button>Un</button><button class="next">Deux</button></div>',
      `.pair { position: fixed; inset: 0 auto auto 0; display: flex } .pair button { width: 90px; height: 40px }
      @media (max-width: 700px) { .pair button { ${small} } .pair .next { position: relative; ${near} } }`,
    );
    expect(await axeFindings(gallery.page)).toEqual([]);
    await gallery.become(SMALL);
    expect((await axeFindings(gallery.page)).join()).toMatch(/^target-size:/);
  });

  it('finds what scrolls in one size of the window and no key can scroll', async () => {
    await gallery.show('bad-certificate', LIGHT);
    await put(
      `<div class="long">${'Un mot. '.repeat(90)}</div>`,
      '@media (max-width: 700px) { .long { width: 200px; height: 60px; overflow: auto } }',
    );
    expect(await axeFindings(gallery.page)).toEqual([]);
    await gallery.become(SMALL);
    expect((await axeFindings(gallery.page)).join()).toMatch(/^scrollable-region-focusable:/);
  });

  it('finds what only one size of the window shows', async () => {
    await gallery.show('bad-certificate', LIGHT);
    await put('<button class="last"></button>', '@media (min-width: 701px) { .last { visibility: hidden } }');
    expect(await axeFindings(gallery.page)).toEqual([]);
    await gallery.become(SMALL);
    expect((await axeFindings(gallery.page)).join()).toContain('button-name');
  });

  it('finds spacing that nobody can change', async () => {
    await gallery.show('bad-certificate', LIGHT);
    expect(await axeFindings(gallery.page)).toEqual([]);
    await put(
      '<p style="position: fixed; inset: 0 auto auto 0; letter-spacing: 0.01em !important">Un mot serré</p>',
    );
    expect((await axeFindings(gallery.page)).join()).toMatch(/^avoid-inline-spacing:/);
  });

  it('finds a button without a name', async () => {
    await gallery.show('salon', LIGHT);
    await gallery.page.evaluate(() => document.body.append(document.createElement('button')));
    expect(await axeFindings(gallery.page)).toEqual(
      expect.arrayContaining([expect.stringContaining('button-name')]),
    );
  });

  it('finds a focus that does not show, and a button out of sight', async () => {
    await gallery.show('salon', LIGHT);
    await spoil(
      '*, *::after { outline: none !important; box-shadow: none !important; transition: none !important; }',
    );
    await spoil(':focus-visible { border-color: inherit !important; background: inherit !important; }');
    expect((await focusFindings(gallery.page)).length).toBeGreaterThan(0);
    await gallery.page.evaluate(() => {
      const button = document.body.appendChild(document.createElement('button'));
      button.textContent = 'Loin';
      button.style.cssText = 'position: fixed; left: 2000px; top: 0';
    });
    expect(await overflowFindings(gallery.page)).toEqual(['outside of the window: Loin']);
  });

  it('finds a focus that does not show in a dialog, which lets no focus go', async () => {
    await gallery.show('new-salon', LIGHT);
    await spoil('[role=dialog] button, [role=dialog] button::after { all: unset !important; }');
    const names = (await focusFindings(gallery.page)).join();
    expect(names).toContain('"Annuler"');
    await gallery.show('shortcuts', LIGHT);
    expect(await focusFindings(gallery.page)).toEqual([]);
    await gallery.show('shortcuts', LIGHT);
    await spoil('[role=dialog] button, [role=dialog] button::after { all: unset !important; }');
    expect((await focusFindings(gallery.page)).join()).toContain('"Fermer"');
  });

  it('shows the same after a turn as after a start', async () => {
    const seen = async () => {
      const html = await gallery.page.evaluate(() => document.querySelector('#root')?.textContent ?? '');
      return html.replaceAll(/\s+/g, ' ');
    };
    await gallery.show('files-activity', LIGHT);
    const started = await seen();
    await gallery.show('salon', LIGHT);
    await gallery.turnTo('files-activity', LIGHT);
    expect(started.length).toBeGreaterThan(100);
    expect(await seen()).toBe(started);
  });
});
