import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import salons from '../../../renderer/i18n/fr/salons.json' with { type: 'json' };
import signin from '../../../renderer/i18n/fr/signin.json' with { type: 'json' };
import { inFolder, makeFile } from '../../demo/main-job.ts';
import { until } from '../../demo/until.ts';
import { type OneAgent, SALON } from './one-agent.ts';

const WRITTEN_WHILE_OUT = 'Écrit pendant que la session était fermée.';

/** Sessions that end at the servers, and the way back in. Ends with Karim signed in on a computer of his own once. */
export function revoked(here: () => OneAgent): void {
  beforeAll(async () => {
    const agent = here();
    await agent.close();
    await agent.start();
    await agent.nadia.openSalon(SALON);
  });

  test('an app password that is revoked is told of; what is dropped stays and goes once files are connected again', async () => {
    const { world, nadia } = here();
    const { nextcloud } = world.stack;
    const before = await makeFile(nadia.profile, 'Consignes.pdf', 30_000);
    const after = await makeFile(nadia.profile, 'Annexe.pdf', 20_000);
    const keptOf = (file: string) => inFolder(nadia, SALON, basename(file));
    expect(nextcloud.control.revokeAppPasswords(nadia.person.name)).toBe(1);
    await nadia.dropOnConversation(before);
    await nadia.page.getByText(salons.folder.expired.title).first().waitFor();
    await nadia.page.getByText(salons.folder.expired.text).first().waitFor();
    await nadia.dropOnConversation(after);
    for (const file of [before, after])
      await until('the file is in the folder', () => existsSync(keptOf(file)));

    await nadia.page.getByRole('button', { name: salons.folder.connect }).first().click();
    await nadia.page.getByRole('button', { name: signin.files.open }).click();
    await nadia.grantFiles();
    for (const file of [before, after]) {
      await nadia.conversation.getByText(basename(file)).first().waitFor();
      await until('the file is on the server', () =>
        nextcloud
          .requests()
          .some(
            ({ method, path, status }) => method === 'PUT' && path.endsWith(basename(file)) && status === 201,
          ),
      );
      expect(await readFile(keptOf(file))).toEqual(await readFile(file));
    }
  });

  test('a chat session that is revoked is told of; what was written goes after signing in again, in the browser', async () => {
    const { world, nadia } = here();
    const { accessToken } = await here().session();
    const answer = await fetch(`${world.stack.synapse.url}/_matrix/client/v3/logout`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(answer.status).toBe(200);
    await nadia.page.getByText(salons.expired.title).first().waitFor();
    await nadia.write(SALON, WRITTEN_WHILE_OUT);
    await nadia.page.getByRole('button', { name: salons.expired.action }).first().click();
    await nadia.signInByBrowser('Annuaire des agents');
    await nadia.openSalon(SALON);
    await nadia.reads(WRITTEN_WHILE_OUT, 60_000);
    await nadia.page.getByText(salons.expired.title).waitFor({ state: 'hidden' });
  });

  test('somebody new signs in in the browser, and the window comes back and goes on by itself to the code and the salons', async () => {
    const { world, codes } = here();
    const karim = await world.open('karim');
    const shown = await karim.program.app.evaluateHandle(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const count = { shows: 0 };
      if (!window) return count;
      window.isFocused = () => false; // the browser has the front
      const show = window.show.bind(window);
      window.show = () => {
        count.shows += 1;
        show();
      };
      return count;
    });
    const shows = () => shown.evaluate(({ shows: count }) => count);
    await karim.typeAddress(karim.person.name);
    await karim.signInByBrowser('Annuaire des agents');
    await karim.page.getByRole('heading', { name: signin.files.title }).waitFor();
    await until('the window is back', async () => (await shows()) === 1);
    codes.karim = await karim.enterFiles();
    expect(await karim.salons()).toContain(SALON);
    expect(await shows()).toBe(2);
    await world.close(karim);
  });
}
