import { expect, test } from 'vitest';
import salons from '../../../renderer/i18n/fr/salons.json' with { type: 'json' };
import { arrives, makeFile } from '../../demo/main-job.ts';
import type { TwoAgents } from './two-agents.ts';

const SALON = 'Chantier de la halle';
const LATER = 'Salon d’après la panne';
const GREETING = 'Bienvenue dans le salon du chantier.';

/** Somebody makes a salon, and the other is in it: conversation, folder and calls. */
export function newSalon(here: () => TwoAgents): void {
  test('one act makes a salon with a folder, and whoever is invited reads, finds the folder and may call', async () => {
    const { nadia, karim } = here();
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
    const { world, nadia, karim } = here();
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
}
