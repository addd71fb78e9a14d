import { describe, expect, it } from 'vitest';
import { CRECHES, salons } from '../../../e2e/gallery/world/salons.ts';
import type { LastLine, SalonListSnapshot, SalonSummary } from '../../matrix/protocol.ts';
import { Store } from '../../ui/store.ts';
import { hintAtFolders } from './folder-hints.ts';

const FILE: LastLine = { kind: 'file', mine: false, sender: 'Inès', name: 'Plan.pdf' };

const creches = salons.find(({ id }) => id === CRECHES) ?? expect.unreachable();

function watched() {
  const list = new Store<SalonListSnapshot | null>(null);
  const looked: string[] = [];
  const stop = hintAtFolders(list, (salonId) => looked.push(salonId));
  const others = salons.filter(({ id }) => id !== CRECHES);
  const become = (part: Partial<SalonSummary>) =>
    list.set({ connection: 'live', total: salons.length, salons: [...others, { ...creches, ...part }] });
  return { looked, become, stop };
}

describe('a file that somebody put into a salon', () => {
  it('lets its folder be looked at, once', () => {
    const { looked, become } = watched();
    become({ lastAt: 10 });
    become({ lastAt: 20, lastLine: FILE });
    become({ lastAt: 20, lastLine: FILE, unread: 1 });
    expect(looked).toEqual([CRECHES]);
    become({ lastAt: 30, lastLine: { ...FILE, name: 'Budget.ods' } });
    expect(looked).toHaveLength(2);
  });

  it.each([
    ['is none', { lastLine: { kind: 'text', mine: false, sender: 'Inès', text: 'Plan.pdf' } }],
    ['has no folder to be in', { lastLine: FILE, folder: null }],
    ['is in a salon one has not joined', { lastLine: FILE, membership: 'invited' }],
  ] as const)('is no news when it %s', (_, part) => {
    const { looked, become } = watched();
    become({ lastAt: 10 });
    become({ lastAt: 20, ...part });
    expect(looked).toEqual([]);
  });

  it('was there before: the first list is no news, nor is anything once nobody listens', () => {
    const { looked, become, stop } = watched();
    become({ lastAt: 20, lastLine: FILE });
    stop();
    become({ lastAt: 30, lastLine: FILE });
    expect(looked).toEqual([]);
  });
});
