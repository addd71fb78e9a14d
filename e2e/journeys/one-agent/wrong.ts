import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import errors from '../../../renderer/i18n/fr/errors.json' with { type: 'json' };
import type { Agent } from '../../demo/agent.ts';
import { changedBrand } from '../../stack/brand.ts';
import { freePort } from '../../stack/process.ts';
import type { OneAgent } from './one-agent.ts';

/** Wrong addresses and a wrong password. Ends with Nadia signed in. */
export function wrong(here: () => OneAgent): void {
  /** A program whose brand names no servers: the typed address decides alone. */
  let stranger: Agent;
  let site: Server;
  let folder: string;

  beforeAll(async () => {
    site = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Mairie</title><p>Bienvenue</p>');
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    folder = await mkdtemp(join(tmpdir(), 'no-servers-'));
    const env = { TRABOULE_BRAND: await changedBrand(join(folder, 'brand'), 'traboule', {}) };
    stranger = await here().world.open('karim', { profile: 'stranger', env });
  });
  afterAll(async () => {
    await here().world.close(stranger);
    site.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('an address that is no server is said to be none', async () => {
    await stranger.typeAddress(`karim@127.0.0.1:${await freePort()}`);
    await expect(stranger.isTold(errors.unreachable.chat.title)).resolves.toBeUndefined();
  });

  test('a web site that is no chat server is said to be none', async () => {
    const address = site.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await stranger.typeAddress(`karim@127.0.0.1:${address.port}`);
    await expect(stranger.isTold(errors['not-a-server'].chat.title)).resolves.toBeUndefined();
  });

  test('a wrong password is said to be wrong, and the right one still works', async () => {
    const { nadia, codes } = here();
    await nadia.typeAddress(nadia.person.name);
    await nadia.typePassword('Croix-Rousse-1834');
    await nadia.isTold(errors['wrong-password'].chat.title);
    codes.nadia = await nadia.enter();
    expect(await nadia.salons()).toHaveLength(3);
  });
}
