import { describe, expect, it, vi } from 'vitest';
import type { UpdateState } from '../../preload/contract/updates.ts';
import { silentLog } from '../log/silent.ts';
import { usualValues } from '../policy/schema/table.ts';
import { type Offer, UpdateFailed, type UpdaterPort } from './updater-port.ts';
import { type UpdateParts, Updates } from './updates.ts';

const OFFER: Offer = { version: '0.2.0', releasedAt: Date.parse('2026-11-20T00:00:00Z') };

function updatesWith(
  policy: Partial<ReturnType<typeof usualValues>> = {},
  port: Partial<UpdaterPort> = {},
  parts: Partial<UpdateParts> = {},
) {
  const told: UpdateState[] = [];
  const install = vi.fn<() => void>();
  const updater: UpdaterPort = {
    look: async () => OFFER,
    fetch: async (progress) => {
      for (const percent of [10, 100]) progress(percent);
    },
    install,
    installAtEnd: () => undefined,
    ...port,
  };
  const updates = new Updates({
    updater: async () => updater,
    policy: () => ({ ...usualValues(), ...policy }),
    brand: { feed: 'https://versions.example/', key: 'KEY', product: 'fr.traboule.traboule' },
    installed: 'renewable',
    isInCall: () => false,
    tell: (state) => told.push(state),
    now: () => new Date('2026-11-28T23:00:00'),
    log: silentLog,
    ...parts,
  });
  return { updates, told, install };
}

describe('a newer version', () => {
  it('is offered, and fetched when the person wants it, with its progress', async () => {
    const { updates, told } = updatesWith();
    await updates.look();
    expect(updates.state).toEqual({ status: 'offered', version: '0.2.0' });
    await updates.fetch();
    expect(told.map((state) => (state.status === 'fetching' ? state.percent : state.status))).toEqual([
      'looking',
      'offered',
      0,
      10,
      100,
      'ready',
    ]);
  });

  it('is fetched by itself where the policy says automatic', async () => {
    const { updates } = updatesWith({ updateMode: 'automatic' });
    await updates.tick();
    expect(updates.state).toEqual({ status: 'ready', version: '0.2.0' });
  });

  it('waits for the days that the policy wants it to be out', async () => {
    const { updates } = updatesWith({ updateDeferralDays: 30, updateMode: 'automatic' });
    await updates.tick();
    expect(updates.state.status).toBe('current');
  });

  it.each(['untrusted', 'damaged', 'unreachable'] as const)(
    'that is %s is said to be, and not put in place',
    async (why) => {
      const fetch = () => Promise.reject(new UpdateFailed(why, null));
      const { updates, install } = updatesWith({ updateMode: 'automatic' }, { fetch });
      await updates.tick();
      expect(updates.state).toEqual({ status: 'failed', why });
      updates.noteUnsent(0);
      expect(await updates.install()).toBe('not-ready');
      expect(install).not.toHaveBeenCalled();
    },
  );

  it('is never looked for where others bring it, and its updater is not even loaded', async () => {
    const updater = vi.fn<UpdateParts['updater']>();
    const { updates } = updatesWith({}, {}, { installed: 'managed', updater });
    await updates.tick();
    await updates.look();
    expect(updates.state).toEqual({ status: 'off', why: 'managed' });
    expect(updater).not.toHaveBeenCalled();
  });

  it('is looked for again only hours later', async () => {
    let now = new Date('2026-11-28T09:00:00');
    const look = vi.fn<UpdaterPort['look']>(async () => null);
    const { updates } = updatesWith({}, { look }, { now: () => now });
    await updates.tick();
    await updates.tick();
    expect(look).toHaveBeenCalledOnce();
    now = new Date('2026-11-28T15:00:00');
    await updates.tick();
    expect(look).toHaveBeenCalledTimes(2);
  });
});

describe('the new version begins', () => {
  const WINDOW = { updateMode: 'automatic', updateWindow: '22:00-05:00' } as const;

  it('when the person says so and nothing is lost by it', async () => {
    const { updates, install } = updatesWith();
    await updates.look();
    await updates.fetch();
    updates.noteUnsent(0);
    expect(await updates.install()).toBe('begun');
    expect(install).toHaveBeenCalledOnce();
  });

  it('never in a call', async () => {
    const { updates, install } = updatesWith(WINDOW, {}, { isInCall: () => true });
    updates.noteUnsent(0);
    await updates.tick();
    expect(await updates.install()).toBe('in-call');
    expect(install).not.toHaveBeenCalled();
  });

  it('never while something is not out yet, or while nobody knows', async () => {
    const { updates, install } = updatesWith(WINDOW);
    await updates.tick();
    expect(await updates.install()).toBe('unsent');
    updates.noteUnsent(2);
    await updates.tick();
    expect(install).not.toHaveBeenCalled();
  });

  it('not even at the end of the program once it was decided otherwise', async () => {
    const policy: { updateMode: 'automatic' | 'off' } = { updateMode: 'automatic' };
    const installAtEnd = vi.fn<UpdaterPort['installAtEnd']>();
    const parts = { policy: () => ({ ...usualValues(), ...policy }) };
    const { updates } = updatesWith({}, { installAtEnd }, parts);
    await updates.tick();
    expect(installAtEnd).toHaveBeenLastCalledWith(true);
    policy.updateMode = 'off';
    await updates.tick();
    expect(installAtEnd).toHaveBeenLastCalledWith(false);
    expect(updates.state).toEqual({ status: 'off', why: 'decided' });
  });

  it('by itself only in the hours that the policy names', async () => {
    const night = updatesWith(WINDOW);
    night.updates.noteUnsent(0);
    await night.updates.tick();
    expect(night.install).toHaveBeenCalledOnce();
    for (const policy of [
      { ...WINDOW, updateWindow: '12:00-13:00' },
      { ...WINDOW, updateWindow: null },
      { ...WINDOW, updateMode: 'notify' as const },
    ]) {
      const other = updatesWith(policy);
      other.updates.noteUnsent(0);
      await other.updates.look();
      await other.updates.fetch();
      await other.updates.tick();
      expect(other.updates.state.status).toBe('ready');
      expect(other.install).not.toHaveBeenCalled();
    }
  });
});
