import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { colourFindings } from '../../accessibility/colour-findings.ts';
import { axeFindings } from '../../accessibility/findings.ts';
import type { Agent } from '../../demo/agent.ts';
import { type OneAgent, SALON } from './one-agent.ts';

/** The first page, before anybody signed in. */
export function signInPage(here: () => OneAgent): void {
  test('axe finds nothing', async () => {
    const { nadia } = here();
    await nadia.page.getByLabel('Adresse professionnelle').waitFor();
    expect(await findings(nadia)).toEqual([]);
  });
}

/** The screens of somebody who signed in. Keeps the salons' folders on the disk. */
export function screens(here: () => OneAgent): void {
  beforeAll(() => here().nadia.keepFolderHere(SALON));

  test('on a salon with its folder', async () => {
    const { nadia } = here();
    await nadia.reads('Merci Sophie, je transmets.');
    expect(await findings(nadia)).toEqual([]);
  });

  test('on its members', async () => {
    const { nadia } = here();
    await nadia.page.getByRole('tab', { name: 'Membres' }).click();
    await nadia.page.getByRole('tabpanel').getByText('Sophie Laurent').first().waitFor();
    expect(await findings(nadia)).toEqual([]);
  });

  test('on the form of a new salon', async () => {
    const { nadia } = here();
    await nadia.page.getByRole('button', { name: 'Nouveau salon' }).first().click();
    await nadia.page.getByRole('dialog').waitFor();
    expect(await findings(nadia)).toEqual([]);
    await nadia.page.keyboard.press('Escape');
    await nadia.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test.each(['Fichiers', 'Appels', 'Réglages', 'Salons'])('on the page %s', async (name) => {
    const { nadia } = here();
    await nadia.page.getByRole('navigation').getByRole('button', { name }).click();
    await nadia.page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await findings(nadia)).toEqual([]);
  });
}

/** What axe finds on the screen that is shown, in each theme. */
async function findings({ page }: Agent): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await become(page, colorScheme);
    found.push(
      ...[...(await axeFindings(page)), ...(await colourFindings(page))].map(
        (finding) => `${colorScheme}: ${finding}`,
      ),
    );
  }
  await become(page, 'light');
  return found;
}

/**
 * Lets the system ask for a theme, and waits until the page follows it and rests: colours that are still changing have
 * no contrast to speak of. What was announced points at the button it names; the announcer forgets it after 7 s, also
 * where the button is gone.
 */
async function become(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, colorScheme);
  // Not their `finished`: of one that ends because what it moves goes, that fails.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  await page.waitForFunction(() => !document.querySelector('[data-live-announcer] [role=img]'));
}
