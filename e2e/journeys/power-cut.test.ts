import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent } from '../demo/agent.ts';
import { arrives, inFolder, makeFile } from '../demo/main-job.ts';
import { until } from '../demo/until.ts';
import type { World } from '../demo/world.ts';
import { stage } from './stage.ts';

const SALON = 'Coupe du monde de rugby';
const SLOWLY = 400_000;

let world: World;
let nadia: Agent;
let karim: Agent;

beforeAll(async () => {
  world = await stage('power-cut');
  nadia = await world.open('nadia');
  await nadia.signIn();
  karim = await world.open('karim');
  await karim.signIn();
  await Promise.all([nadia, karim].map((agent) => agent.keepFolderHere(SALON)));
});

afterAll(() => world.end());

test('a program killed in the middle of an upload loses nothing and finishes it at the next start', async () => {
  const { control } = world.stack.nextcloud;
  await nadia.openSalon(SALON);
  const file = await makeFile(nadia.profile, 'Film du parvis.mp4', 6_000_000);
  const slow = control.addFault({
    method: 'PUT',
    times: 0,
    effect: { kind: 'throttle', bytesPerSecond: SLOWLY },
  });
  await nadia.dropOnConversation(file);
  await until('the upload runs', () => control.faults().some(({ hits }) => hits > 0));
  await nadia.kill();
  control.removeFault(slow);

  const kept = await readFile(inFolder(nadia, SALON, 'Film du parvis.mp4'));
  expect(kept.equals(await readFile(file))).toBe(true);
  nadia = await world.open('nadia');
  await arrives(karim, SALON, file, 90_000);
});
