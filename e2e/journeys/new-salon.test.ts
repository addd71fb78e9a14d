import { afterAll, beforeAll, expect, test } from 'vitest';
import salons from '../../renderer/i18n/fr/salons.json' with { type: 'json' };
import type { Agent } from '../demo/agent.ts';
import { arrives, makeFile } from '../demo/main-job.ts';
import type { World } from '../demo/world.ts';
import { stage, troubles } from './stage.ts';

const KNOWN = 'Crèches du 3ᵉ';
const SALON = 'Chantier de la halle';
const LATER = 'Salon d’après la panne';
const GREETING = 'Bienvenue dans le salon du chantier.';

let world: World;
let nadia: Agent;
let karim: Agent;

beforeAll(async () => {
  world = await stage('new-salon');
  nadia = await world.open('nadia');
  await nadia.signIn();
  await nadia.keepFolderHere(KNOWN);
  karim = await world.open('karim');
  await karim.signIn();
  await karim.keepFolderHere(KNOWN);
});

afterAll(() => world.end());

test('one act makes a salon with a folder, and whoever is invited reads, finds the folder and may call', async () => {
  await nadia.makeSalon(SALON, [karim.person]);
  await nadia.write(SALON, GREETING);
  const file = await makeFile(nadia.profile, 'Phasage.pdf', 700_000);
  await nadia.dropOnConversation(file);

  await karim.acceptInvitation(SALON);
  await karim.reads(GREETING);
  await expect(arrives(karim, SALON, file)).resolves.toBe(700_000);

  await karim.call();
  await nadia.hearsRinging();
  await nadia.declineCall();
  await karim.leaveCall();
});

test('while the file server is down no half salon is made, and the same form makes a whole one later', async () => {
  const before = await nadia.salons();
  world.stack.nextcloud.control.set({ maintenance: true });
  await nadia.planSalon(LATER, [karim.person]);
  await nadia.isTold(salons.create.undone);
  expect(await nadia.salons()).toEqual(before);
  world.stack.nextcloud.control.set({ maintenance: false });
  await nadia.sendPlannedSalon();
  await nadia.composer(LATER).waitFor();
  await karim.acceptInvitation(LATER);
});

test('nothing went wrong in either program', () => {
  expect(troubles(world)).toEqual([]);
});
