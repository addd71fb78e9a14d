import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../e2e/demo/until.ts';
import { chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { writeBrand } from '../../e2e/stack/brand.ts';
import { type Jitsi, startJitsi } from '../../e2e/stack/jitsi/server.ts';
import { ensureAuthority } from '../../e2e/stack/tls/authority.ts';

// A conference server that means no good, in the real call window: what its frame can reach.
const SALON = '!rugby:localhost';

let dir: string;
let display: Display;
let jitsi: Jitsi;
let stranger: Server;
let strangerUrl: string;
const reached: string[] = [];
let program: OpenProgram;
let callPage: Page;
let conference: Frame;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'call-frames-'));
  stranger = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end('<h1>stranger</h1>');
  }).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const authority = await ensureAuthority(dir);
  const leaf = await authority.issue({ hosts: ['localhost'] });
  jitsi = await startJitsi({ tls: leaf });
  const servers = { chat: 'http://127.0.0.1:1', files: null, conference: jitsi.host };
  display = await openDisplay(true);
  program = await openProgram({
    electron: await chooseElectron(),
    program: join(import.meta.dirname, '../..'),
    display: display.name,
    profile: join(dir, 'nadia'),
    env: { TRABOULE_BRAND: await writeBrand(join(dir, 'brand'), servers) },
    args: [
      '--lang=fr',
      `--ignore-certificate-errors-spki-list=${leaf.spkiSha256Base64}`,
      '--use-fake-device-for-media-stream',
    ],
  });
  await openCall();
});
afterAll(async () => {
  await program?.close();
  await jitsi?.stop();
  stranger?.close();
  display?.close();
  await rm(dir, { recursive: true, force: true });
});

const ask = (channel: string, payload: object) =>
  program.page.evaluate(([name, sent]) => window.traboule.invoke(name, sent), [channel, payload] as const);

async function openCall(): Promise<void> {
  const start = { salonId: SALON, salonName: 'Rugby', displayName: 'Nadia', domain: null, audioOnly: false };
  expect(await ask('calls.open', start)).toMatchObject({ ok: true });
  const place = { domain: jitsi.host, conferenceId: 'JitsiRugby', audioOnly: false, auth: 'none' };
  expect(await ask('calls.connect', { salonId: SALON, conference: place, jwt: null })).toMatchObject({
    ok: true,
  });
  callPage = await until('the call window', () =>
    program.app.windows().find((page) => page.url().startsWith('traboule://call/')),
  );
  conference = await until('the conference', () =>
    callPage.frames().find((frame) => frame.url().startsWith(`https://${jitsi.host}/`)),
  );
  await until(
    'the conference is joined',
    () => (jitsi.conferences()[0]?.participants ?? []).length === 1,
    30_000,
  );
}

test('the frame of a conference has no bridge, and its window only that of calls', async () => {
  expect(await conference.evaluate(() => 'traboule' in window)).toBe(false);
  const answers = await callPage.evaluate(async () => [
    await window.traboule.invoke('accounts.chatSession', undefined),
    await window.traboule.invoke('files.overview', undefined),
    await window.traboule.invoke('app.openLink', { url: 'https://evil.example/' }),
    await window.traboule.offer([new File(['x'], '/etc/passwd')]),
  ]);
  const refused = { ok: false, error: { code: 'forbidden' } };
  expect(answers).toMatchObject([refused, refused, refused, [null]]);
});

test('the conference takes its window nowhere, and no frame of it leads elsewhere', async () => {
  const before = callPage.url();
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
  }, strangerUrl);
  await callPage.evaluate((url) => {
    const frame = document.querySelector('iframe');
    if (frame)
      frame.insertAdjacentElement('afterend', Object.assign(document.createElement('iframe'), { src: url }));
    location.href = `${url}/navigation`;
  }, strangerUrl);
  expect(await callPage.evaluate(() => location.href)).toBe(before);
  await conference.evaluate((url) => {
    location.href = `${url}/itself`;
  }, strangerUrl);
  await until('the frame is refused', () =>
    callPage
      .frames()
      .every((frame) => frame !== conference || !frame.url().startsWith(`https://${jitsi.host}/`)),
  );
  expect(callPage.url()).toBe(before);
  expect(reached).toEqual([]);
});
