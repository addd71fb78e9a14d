import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../e2e/demo/until.ts';
import { openStranger, type Stranger } from '../../../e2e/stack/stranger.ts';

/** A call window with somebody in a conference. */
export interface OpenCall {
  readonly page: Page;
  /** The host of the conference server. */
  readonly host: string;
}

/** Declares the tests of what the frame of a conference server that means no good can reach, in the real call window. */
export function testCallFrames(open: () => Promise<OpenCall>): void {
  describe('a conference server that means no good', () => {
    let stranger: Stranger;
    let call: OpenCall;
    let conference: Frame;
    beforeAll(async () => {
      stranger = await openStranger();
      call = await open();
      conference = await until('the conference', () =>
        call.page.frames().find((frame) => frame.url().startsWith(`https://${call.host}/`)),
      );
    });
    afterAll(() => stranger?.close());

    test('has no bridge in its frame, and the window around it only that of calls', async () => {
      expect(await conference.evaluate(() => 'traboule' in window)).toBe(false);
      const refused = { ok: false, error: { code: 'forbidden' } };
      expect(await answersTo(call.page)).toMatchObject([refused, refused, refused, [null]]);
    });
    test('takes the window nowhere, and no frame of it leads elsewhere', async () => {
      const { page } = call;
      const before = page.url();
      await leadAway(page, conference, stranger.url);
      expect(await page.evaluate(() => location.href)).toBe(before);
      await leadItselfAway(call, conference, stranger.url);
      expect(page.url()).toBe(before);
      expect(stranger.reached).toEqual([]);
    });
  });
}

/** What main answers the page when it asks for what is not of calls. */
const answersTo = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => [
    await window.traboule.invoke('accounts.chatSession', undefined),
    await window.traboule.invoke('files.overview', undefined),
    await window.traboule.invoke('app.openLink', { url: 'https://evil.example/' }),
    await window.traboule.offer([new File(['x'], '/etc/passwd')]),
  ]);

/** The conference leads a frame of its own and its window elsewhere, then the window does. */
async function leadAway(page: Page, conference: Frame, elsewhere: string): Promise<void> {
  await conference.evaluate(async (url) => {
    const inner = document.createElement('iframe');
    const settled = new Promise((resolve) => inner.addEventListener('load', resolve));
    inner.src = `${url}/inner`;
    document.body.append(inner);
    await settled;
    try {
      if (window.top) window.top.location.href = `${url}/top`;
    } catch {
      return; // refused at once
    }
  }, elsewhere);
  await page.evaluate((url) => {
    const frame = document.querySelector('iframe');
    if (frame)
      frame.insertAdjacentElement('afterend', Object.assign(document.createElement('iframe'), { src: url }));
    location.href = `${url}/navigation`;
  }, elsewhere);
}

/** The conference's frame goes elsewhere itself. */
async function leadItselfAway({ page, host }: OpenCall, conference: Frame, elsewhere: string): Promise<void> {
  await conference.evaluate((url) => {
    location.href = `${url}/itself`;
  }, elsewhere);
  await until('the frame is refused', () =>
    page.frames().every((frame) => frame !== conference || !frame.url().startsWith(`https://${host}/`)),
  );
}
