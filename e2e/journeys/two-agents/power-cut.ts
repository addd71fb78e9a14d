import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { arrives, inFolder, makeFile } from '../../demo/main-job.ts';
import { until } from '../../demo/until.ts';
import { SALON, type TwoAgents } from './two-agents.ts';

const SLOWLY = 400_000;

/** One of the programs is killed at work. */
export function powerCut(here: () => TwoAgents): void {
  test('a program killed in the middle of an upload loses nothing and finishes it at the next start', async () => {
    const agents = here();
    const { world, nadia, karim } = agents;
    const { control } = world.stack.nextcloud;
    await Promise.all([nadia, karim].map((agent) => agent.openSalon(SALON)));
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
    agents.nadia = await world.open('nadia');
    await arrives(karim, SALON, file, 90_000);
  });
}
