import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent } from '../demo/agent.ts';
import { arrives, eventsAtServer, makeFile, seeEachOther } from '../demo/main-job.ts';
import type { World } from '../demo/world.ts';
import { stage, troubles } from './stage.ts';

const SALON = 'Coupe du monde de rugby';
const MESSAGE = 'Le cortège part à 14 h de la place Antonin-Poncet.';

let world: World;
let nadia: Agent;
let karim: Agent;
let code: string;

beforeAll(async () => {
  world = await stage('together');
  nadia = await world.open('nadia');
  code = await nadia.signIn();
  karim = await world.open('karim');
  await karim.signIn();
  await Promise.all([nadia, karim].map((agent) => agent.keepFolderHere(SALON)));
  await Promise.all([nadia.openSalon(SALON), karim.openSalon(SALON)]);
});

afterAll(() => world.end());

test('both see their salons, with what was said before', async () => {
  const salons = ['Archives municipales', 'Coupe du monde de rugby', 'Crèches du 3ᵉ'];
  expect((await nadia.salons()).toSorted()).toEqual(salons);
  await nadia.reads('Merci Sophie, je transmets.');
});

test('what one writes the other reads, and the server holds ciphertext only', async () => {
  await nadia.write(SALON, MESSAGE);
  await karim.reads(MESSAGE);
  const events = await eventsAtServer(world.stack, 'karim', SALON);
  expect(events[0]?.type).toBe('m.room.encrypted');
  expect(JSON.stringify(events)).not.toContain('Antonin');
});

test('a file dropped on the conversation is byte for byte in the other’s folder', async () => {
  const file = await makeFile(nadia.profile, 'Plan des accès v8.pdf', 5_300_000);
  await nadia.dropOnConversation(file);
  await expect(arrives(karim, SALON, file)).resolves.toBe(5_300_000);
  await karim.reads(basename(file));
});

test('a second device reads history with the recovery code', async () => {
  const second = await world.open('nadia', { profile: 'nadia-second' });
  await second.signIn({ code });
  await second.openSalon(SALON);
  await expect(second.reads(MESSAGE)).resolves.toBeUndefined();
  await world.close(second);
});

test('a call that is declined stops ringing and starts nothing', async () => {
  await nadia.call();
  await karim.hearsRinging();
  await karim.declineCall();
  await karim.hearsNothing();
  await nadia.leaveCall();
  expect(world.stack.jitsi.conferences()).toEqual([]);
});

test('a call that is accepted lets both see each other, and ends when they leave', async () => {
  await nadia.call();
  await karim.hearsRinging();
  await karim.acceptCall();
  await expect(seeEachOther(world.stack)).resolves.toMatch(/pictures received/);
  await karim.leaveCall();
  await nadia.leaveCall();
});

test('nothing went wrong in either program', () => {
  expect(troubles(world)).toEqual([]);
});
