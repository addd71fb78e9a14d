import { describe, expect, test } from 'vitest';
import type { DiskSpace } from '../local/free-space.ts';
import { localPath } from '../model/paths.ts';
import type { Claim, Need } from '../ports/room.ts';
import { SharedRoom } from './shared-room.ts';
import { enoughOf, lowOf, spareOf } from './spare.ts';

const GB = 1_000_000_000;
const need: Need = {
  pair: 'a',
  folder: localPath('/home/a'),
  bytes: 100,
  growth: 100,
  most: Number.POSITIVE_INFINITY,
};

function roomOn(spaces: Readonly<Record<string, DiskSpace>>): {
  room: SharedRoom;
  pass: (ms: number) => void;
} {
  let now = 0;
  const room = new SharedRoom(
    (folder) => Promise.resolve(spaces[folder]),
    () => now,
  );
  return { room, pass: (ms) => (now += ms) };
}

const outcome = (claim: Claim): string => (claim.kind === 'refused' ? claim.why : claim.kind);

describe('room on a disk', () => {
  const disk = { disk: '1', free: spareOf(256 * GB) + 1000, size: 256 * GB };

  test('is granted until little is left, what is on its way counted, and again once that is given up', async () => {
    const { room } = roomOn({ '/home/a': disk, '/home/b': disk });
    const first = await room.claim({ ...need, bytes: 800 });
    expect(outcome(first)).toBe('granted');
    expect(outcome(await room.claim({ ...need, pair: 'b', folder: localPath('/home/b'), bytes: 300 }))).toBe(
      'diskFull',
    );
    if (first.kind === 'granted') {
      first.end(false);
      first.end(false);
    }
    expect(outcome(await room.claim({ ...need, bytes: 1000 }))).toBe('granted');
  });

  test('is that of the disk that a folder is on, and never refused where the system does not say', async () => {
    const { room } = roomOn({ '/home/a': disk, '/media/b': { ...disk, disk: '2' } });
    await room.claim({ ...need, bytes: 1000 });
    const elsewhere = { ...need, bytes: 1000, folder: localPath('/media/b') };
    expect(outcome(await room.claim(elsewhere))).toBe('granted');
    expect(outcome(await room.claim({ ...elsewhere, folder: localPath('/unknown'), bytes: 9 * GB }))).toBe(
      'granted',
    );
  });

  test('is looked at anew after a while, and whenever there was none', async () => {
    const spaces = { '/home/a': disk };
    const { room, pass } = roomOn(spaces);
    const outcomes: string[] = [];
    const claim = async (): Promise<void> => void outcomes.push(outcome(await room.claim(need)));
    await claim();
    spaces['/home/a'] = { ...disk, free: 0 };
    await claim();
    pass(2000);
    await claim();
    spaces['/home/a'] = disk;
    await claim();
    expect(outcomes).toEqual(['granted', 'granted', 'diskFull', 'granted']);
  });

  test.each([8 * 1_000_000, 16 * GB, 256 * GB, 4000 * GB])(
    'of %i bytes is low before it is spared, and enough above low',
    (size) => {
      expect(spareOf(size)).toBeLessThan(lowOf(size));
      expect(lowOf(size)).toBeLessThan(enoughOf(size));
      expect(enoughOf(size)).toBeLessThan(size / 5);
    },
  );
});

describe('room that is limited', () => {
  test('is what the files of all pairs leave of it; what shrinks always fits', async () => {
    const { room } = roomOn({});
    room.note('a', 500);
    room.note('b', 300);
    const limited = { ...need, most: 1000 };
    expect(outcome(await room.claim({ ...limited, growth: 201 }))).toBe('roomLimit');
    const granted = await room.claim({ ...limited, growth: 150 });
    expect(outcome(granted)).toBe('granted');
    expect(outcome(await room.claim({ ...limited, growth: 51 }))).toBe('roomLimit');
    if (granted.kind === 'granted') granted.end(true);
    expect(outcome(await room.claim({ ...limited, growth: 51 }))).toBe('roomLimit');
    room.note('a', 5000);
    expect(outcome(await room.claim({ ...limited, growth: 1 }))).toBe('roomLimit');
    expect(outcome(await room.claim({ ...limited, growth: 0 }))).toBe('granted');
    room.forget('a');
    expect(outcome(await room.claim({ ...limited, growth: 700 }))).toBe('granted');
  });
});
