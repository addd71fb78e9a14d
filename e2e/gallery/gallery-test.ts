import { it } from 'vitest';
import { openGallery } from './gallery-window.ts';

/**
 * Hooks that have the gallery at hand: `withGallery.beforeAll(({ gallery }) => ...)`. Files that one worker of the tests
 * runs after each other share its window; each file begins with an empty page, so that its first scene is loaded.
 */
export const withGallery = it
  // oxlint-disable-next-line eslint/no-empty-pattern -- what a fixture needs is read from its first argument
  .extend('window', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const window = await openGallery();
    onCleanup(() => window.close());
    return window;
  })
  .extend('gallery', { scope: 'file' }, async ({ window }) => {
    await window.page.goto('about:blank');
    return window;
  });
