import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCallFrames } from '../../main/shell/testing/call-frames.ts';
import call from '../../renderer/i18n/fr/call.json' with { type: 'json' };
import common from '../../renderer/i18n/fr/common.json' with { type: 'json' };
import { until } from '../demo/until.ts';
import { chooseElectron } from '../electron/choose.ts';
import { type Display, openDisplay } from '../electron/display.ts';
import { type OpenProgram, openProgram } from '../electron/open-program.ts';
import { writeBrand } from '../stack/brand.ts';
import { type Jitsi, startJitsi } from '../stack/jitsi/server.ts';
import { ensureAuthority } from '../stack/tls/authority.ts';

// The call window alone, in two real programs: nobody is signed in, the app page asks main for a call by its bridge.
const SALON = '!rugby:localhost';
const NOBODY = 'http://127.0.0.1:1';

let dir: string;
let display: Display;
let jitsi: Jitsi;
let nadia: OpenProgram;
let karim: OpenProgram;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'calls-'));
  const authority = await ensureAuthority(dir);
  const leaf = await authority.issue({ hosts: ['localhost'] });
  jitsi = await startJitsi({ tls: leaf });
  const servers = { chat: NOBODY, files: null, conference: jitsi.host };
  const brand = await writeBrand(join(dir, 'brand'), servers);
  const electron = await chooseElectron();
  display = await openDisplay(true);
  const open = (name: string) =>
    openProgram({
      electron,
      program: join(import.meta.dirname, '../..'),
      display: display.name,
      profile: join(dir, name),
      env: { TRABOULE_BRAND: brand, NODE_EXTRA_CA_CERTS: authority.caPath },
      args: [
        '--lang=fr',
        `--ignore-certificate-errors-spki-list=${leaf.spkiSha256Base64}`,
        '--use-fake-device-for-media-stream',
        '--allow-loopback-in-peer-connection',
      ],
    });
  nadia = await open('nadia');
  karim = await open('karim');
});

afterAll(async () => {
  await Promise.all([nadia?.close(), karim?.close()]);
  await jitsi?.stop();
  display?.close();
  await rm(dir, { recursive: true, force: true });
});

const ask = (program: OpenProgram, channel: string, payload: object) =>
  program.page.evaluate(([name, sent]) => window.traboule.invoke(name, sent), [channel, payload] as const);

/** The window of a program's call; it shows a way out before anybody knows where the call is. */
async function openCall(program: OpenProgram, displayName: string): Promise<Page> {
  const start = { salonId: SALON, salonName: 'Coupe du monde', displayName, domain: null, audioOnly: false };
  expect(await ask(program, 'calls.open', start)).toEqual({ ok: true, value: { isNew: true } });
  const page = await until('the call window', () => callPage(program));
  await page.getByRole('button', { name: new RegExp(`^${call.leave}`) }).waitFor();
  const conference = { domain: jitsi.host, conferenceId: 'JitsiRugby', audioOnly: false, auth: 'none' };
  expect(await ask(program, 'calls.connect', { salonId: SALON, conference, jwt: null })).toMatchObject({
    ok: true,
  });
  return page;
}

const callPage = ({ app }: OpenProgram) =>
  app.windows().find((page) => page.url().startsWith('traboule://call/'));
const people = () => jitsi.conferences()[0]?.participants ?? [];

test('goes to no conference but the organisation’s', async () => {
  const start = { salonId: SALON, salonName: '', displayName: '', domain: 'evil.example', audioOnly: false };
  expect(await ask(nadia, 'calls.open', start)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(callPage(nadia)).toBeUndefined();
});

test('two people see each other, and one shows a screen after having thought better of it', async () => {
  const window = await openCall(nadia, 'Nadia');
  await openCall(karim, 'Karim');
  await until(
    'both pictures',
    () => people().length === 2 && people().every((one) => (one.receiving[0]?.framesDecoded ?? 0) > 5),
    45_000,
  );

  await window.getByRole('button', { name: new RegExp(`^${call.share.start}`) }).click();
  await window.getByRole('dialog').getByRole('button', { name: common.cancel }).click();
  await window.getByRole('dialog').waitFor({ state: 'detached' });
  expect(people().map(({ sharing }) => sharing)).toEqual([false, false]);

  await window.getByRole('button', { name: new RegExp(`^${call.share.start}`) }).click();
  await window.getByRole('option').first().click();
  await window.getByRole('dialog').getByRole('button', { name: call.sources.share }).click();
  await until(
    'the screen arrives',
    () => people().some((one) => (one.receiving[0]?.screenFramesDecoded ?? 0) > 2),
    45_000,
  );
});

test('a crash of the window ends the call, and so does its way out', async () => {
  await karim.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().startsWith('traboule://call/'))
      ?.forcefullyCrashRenderer(),
  );
  await until('only one is left', () => people().length === 1, 30_000);
  await until('the crashed window is gone', () => !callPage(karim));
  await callPage(nadia)
    ?.getByRole('button', { name: new RegExp(`^${call.leave}`) })
    .click();
  await until('nobody is left', () => people().length === 0);
  await until('the window is gone', () => !callPage(nadia));
  expect(nadia.problems).toEqual([]);
});

testCallFrames(async () => {
  const page = await openCall(nadia, 'Nadia');
  await until('the conference is joined', () => people().length === 1, 30_000);
  return { page, host: jitsi.host };
});
