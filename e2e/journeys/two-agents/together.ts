import { basename } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Agent } from '../../demo/agent.ts';
import { arrives, eventsAtServer, makeFile, seeEachOther } from '../../demo/main-job.ts';
import { until } from '../../demo/until.ts';
import { SALON, type TwoAgents } from './two-agents.ts';

const MESSAGE = 'Le cortège part à 14 h de la place Antonin-Poncet.';

/** The main job: both write, share a file, answer notifications and call each other; one has a second device. */
export function together(here: () => TwoAgents): void {
  beforeAll(async () => {
    const { nadia, karim } = here();
    await Promise.all([nadia.openSalon(SALON), karim.openSalon(SALON)]);
  });

  test('both see their salons, with what was said before', async () => {
    const { nadia } = here();
    const salons = ['Archives municipales', 'Coupe du monde de rugby', 'Crèches du 3ᵉ'];
    expect((await nadia.salons()).toSorted()).toEqual(salons);
    await nadia.reads('Merci Sophie, je transmets.');
  });

  test('what one writes the other reads, and the server holds ciphertext only', async () => {
    const { world, nadia, karim } = here();
    await nadia.write(SALON, MESSAGE);
    await karim.reads(MESSAGE);
    const events = await eventsAtServer(world.stack, 'karim', SALON);
    expect(events[0]?.type).toBe('m.room.encrypted');
    expect(JSON.stringify(events)).not.toContain('Antonin');
  });

  test('a file dropped on the conversation is byte for byte in the other’s folder', async () => {
    const { nadia, karim } = here();
    const file = await makeFile(nadia.profile, 'Plan des accès v8.pdf', 5_300_000);
    await nadia.dropOnConversation(file);
    await expect(arrives(karim, SALON, file)).resolves.toBe(5_300_000);
    await karim.reads(basename(file));
  });

  test('a second device reads history with the recovery code', async () => {
    const { world, code } = here();
    const second = await world.open('nadia', { profile: 'nadia-second' });
    await second.signIn({ code });
    await second.openSalon(SALON);
    await expect(second.reads(MESSAGE)).resolves.toBeUndefined();
    await world.close(second);
  });

  test('what comes while the window is closed is answered in its notification', async () => {
    const { nadia, karim, desktop } = here();
    await karim.closeWindow();
    await nadia.write(SALON, 'Qui prend la banderole ?');
    const { id } = await until('it is told', () =>
      [...desktop.shown.values()].find(({ title, body }) => title === SALON && body.includes('banderole')),
    );
    desktop.reply(id, 'Moi, je passe la chercher.');
    await nadia.reads('Moi, je passe la chercher.');
    expect(await karim.windowIsOpen()).toBe(false);
  });

  test('a call is declined in its notification, and that of a call that is over starts none', async () => {
    const { world, nadia, karim, desktop } = here();
    await nadia.call();
    const first = await ringingNotification(here());
    desktop.press(first, 'decline');
    await nadia.isTold('ne peut pas répondre');
    expect(await karim.windowIsOpen()).toBe(false);
    await nadia.leaveCall();
    await until('it is gone from the screen', () => !desktop.shown.has(first));
    desktop.press(first, 'accept');
    expect(world.stack.jitsi.conferences()).toEqual([]);
  });

  test('a call is accepted in its notification: the window and the call come, and the computer stays awake for it', async () => {
    const { nadia, karim, desktop } = here();
    await nadia.call();
    expect(await keepsAwake(karim)).toBe(false);
    desktop.press(await ringingNotification(here()), 'accept');
    await karim.callWindow();
    await until('the window is there', () => karim.windowIsOpen());
    await until('the computer stays awake', () => keepsAwake(karim));
    await karim.leaveCall();
    await nadia.leaveCall();
    await until('the computer may sleep again', async () => !(await keepsAwake(karim)));
  });

  test('a call that is declined stops ringing and starts nothing', async () => {
    const { world, nadia, karim } = here();
    await nadia.call();
    await karim.hearsRinging();
    await karim.declineCall();
    await karim.hearsNothing();
    await nadia.leaveCall();
    expect(world.stack.jitsi.conferences()).toEqual([]);
  });

  test('a call that is accepted lets both see each other, and ends when they leave', async () => {
    const { world, nadia, karim } = here();
    await nadia.call();
    await karim.hearsRinging();
    await karim.acceptCall();
    await expect(seeEachOther(world.stack)).resolves.toMatch(/pictures received/);
    await karim.leaveCall();
    await nadia.leaveCall();
  });
}

/** Whether the program keeps its computer from sleeping. */
const keepsAwake = ({ program }: Agent) =>
  program.app.evaluate(({ powerSaveBlocker }) =>
    Array.from({ length: 20 }, (_, id) => powerSaveBlocker.isStarted(id)).includes(true),
  );

const ringingNotification = async ({ desktop }: TwoAgents) =>
  (await until('it rings', () => [...desktop.shown.values()].find(({ actions }) => 'decline' in actions))).id;
