import { expect, test } from 'vitest';
import salons from '../../../renderer/i18n/fr/salons.json' with { type: 'json' };
import { arrives, makeFile } from '../../demo/main-job.ts';
import type { TwoAgents } from './two-agents.ts';

const SALON = 'Crèches du 3ᵉ';

/** The servers do not answer for a while, all of them and then that of the files. */
export function withoutNetwork(here: () => TwoAgents): void {
  test('a start without servers shows yesterday’s salons; what is done then leaves later', async () => {
    const agents = here();
    const { world, karim } = agents;
    await agents.nadia.openSalon(SALON);
    await agents.nadia.reads('Oui, je prépare le modèle de lettre.');
    await world.close(agents.nadia);
    await world.stopServers();

    const nadia = await world.open('nadia');
    agents.nadia = nadia;
    expect(await nadia.salons()).toContain(SALON);
    await nadia.openSalon(SALON);
    await nadia.write(SALON, 'Écrit dans le train, sans réseau.');
    await nadia.reads('Écrit dans le train, sans réseau.');
    const file = await makeFile(nadia.profile, 'Courrier aux familles.docx', 400_000);
    await nadia.dropOnConversation(file);
    // The computer has a network: what is missing is told, not guessed.
    await nadia.isTold(salons.offline.silent.title);

    await world.startServers();
    await karim.openSalon(SALON);
    await karim.reads('Écrit dans le train, sans réseau.', 60_000);
    await expect(arrives(karim, SALON, file, 90_000)).resolves.toBe(400_000);
  });

  test('while the file server is down the chat goes on, and files leave when it is back', async () => {
    const { world, nadia, karim } = here();
    world.stack.nextcloud.control.set({ maintenance: true });
    await nadia.write(SALON, 'Le serveur de fichiers se repose.');
    await karim.reads('Le serveur de fichiers se repose.');
    const file = await makeFile(nadia.profile, 'Planning.ods', 200_000);
    await nadia.dropOnConversation(file);
    world.stack.nextcloud.control.set({ maintenance: false });
    await expect(arrives(karim, SALON, file, 90_000)).resolves.toBe(200_000);
  });
}
