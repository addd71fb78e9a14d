import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent } from '../demo/agent.ts';
import type { World } from '../demo/world.ts';
import { freePort } from '../stack/process.ts';
import { stage } from './stage.ts';

let world: World;
let nadia: Agent;
let site: Server;

beforeAll(async () => {
  world = await stage('wrong');
  site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Mairie</title><p>Bienvenue</p>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  nadia = await world.open('nadia');
});

afterAll(async () => {
  site.close();
  await world.end();
});

test('an address that is no server is said to be none', async () => {
  await nadia.typeAddress(`nadia@127.0.0.1:${await freePort()}`);
  await expect(nadia.isTold(/ne répond pas|introuvable|vérifiez/i)).resolves.toBeUndefined();
});

test('a web site that is no chat server is said to be none', async () => {
  const address = site.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  await nadia.typeAddress(`nadia@127.0.0.1:${address.port}`);
  await expect(nadia.isTold(/serveur/i)).resolves.toBeUndefined();
});

test('a wrong password is said to be wrong, and the right one still works', async () => {
  await nadia.typeAddress(nadia.person.name);
  await nadia.typePassword('Croix-Rousse-1834');
  await nadia.isTold(/mot de passe/i);
  await nadia.signIn();
  expect(await nadia.salons()).toHaveLength(3);
});
