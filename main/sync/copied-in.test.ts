import { expect, test } from 'vitest';
import { Scene } from './testing/scene.ts';

const minute = 60_000;

test.each(['undo', 'import'])(
  'what is copied in beside the engine (%s) is not taken away meanwhile; what a crash left of it is',
  async (purpose) => {
    const scene = new Scene();
    scene.write('a.txt', 'a');
    scene.pair.start();
    await scene.clock.pass(minute);
    const copy = `.~traboule-${purpose}-1`;
    scene.write(copy, 'half of');
    scene.write('b.txt', 'b');
    scene.tellHere('changed');
    await scene.clock.pass(minute);
    expect(scene.server.find('b.txt')).toBeDefined();
    expect(scene.disk.names('/pair')).toContain(copy);
    await scene.clock.pass(20 * minute);
    scene.write('c.txt', 'c');
    scene.tellHere('changed');
    await scene.clock.pass(minute);
    expect(scene.disk.names('/pair').toSorted()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    await scene.pair.stop();
  },
);
