import { describe, expect, it } from 'vitest';
import type { Looks } from '../../../preload/contract/accounts.ts';
import type { Person } from '../../matrix/protocol.ts';
import { Store } from '../../ui/store.ts';
import { introduceSelf } from './introduce-self.ts';
import type { Media } from './media-store.ts';

const avatar = { key: 'mxc://m.example/face', mimeType: 'image/*', size: null };
const nadia: Person = { userId: '@n:m.example', name: 'Nadia', partnerOf: null, avatar: null };
const loaded: Media = { state: 'ready', url: 'blob:face', blob: new Blob(['face']) };

/** What main is told, in order, of a person whose picture the test lets come. */
function scene(small: (picture: Blob) => Promise<string | null> = (picture) => picture.text()) {
  const self = new Store<Person | null>(null);
  const picture = new Store<Media>({ state: 'loading', progress: null });
  const told: Omit<Looks, 'user'>[] = [];
  const introduce = ({ user, ...looks }: Looks) => {
    expect(user).toBe(nadia.userId);
    told.push(looks);
    return Promise.resolve({ ok: true as const, value: undefined });
  };
  const media = { picture: () => picture };
  const stop = introduceSelf({ self, media, small, accounts: { introduce } });
  return { self, picture, told, stop };
}

describe('who is here', () => {
  it('is told by their name, and that they have no picture', () => {
    const { self, told } = scene();
    self.set(nadia);
    expect(told).toEqual([{ name: 'Nadia', picture: null }]);
  });

  it('is told by their name at once, and their picture once it came', async () => {
    const { self, picture, told } = scene();
    self.set({ ...nadia, avatar });
    expect(told).toEqual([{ name: 'Nadia' }]);
    picture.set(loaded);
    await expect.poll(() => told).toEqual([{ name: 'Nadia' }, { name: 'Nadia', picture: 'face' }]);
  });

  it('keeps the picture of the last time while it can’t be had, or is none', async () => {
    const away = scene();
    away.self.set({ ...nadia, avatar });
    away.picture.set({ state: 'failed' });
    const strange = scene(() => Promise.resolve(null));
    strange.picture.set(loaded);
    strange.self.set({ ...nadia, avatar });
    await Promise.resolve();
    for (const { told } of [away, strange]) expect(told).toEqual([{ name: 'Nadia' }]);
  });

  it('tells no picture that is not theirs any more, and none after its end', async () => {
    const drawn = Promise.withResolvers<string>();
    const { self, picture, told, stop } = scene(() => drawn.promise);
    picture.set(loaded);
    self.set({ ...nadia, avatar });
    self.set(nadia);
    self.set({ ...nadia, avatar });
    stop();
    drawn.resolve('face');
    await drawn.promise;
    expect(told.filter((looks) => looks.picture)).toEqual([]);
    expect([self.listenerCount, picture.listenerCount]).toEqual([0, 0]);
  });
});
