import { generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedOf, installedAs, isInWindow, isOutLongEnough, type Traces } from './rules.ts';
import { isSignedWith } from './signature.ts';

const LINUX: Traces = {
  platform: 'linux',
  isPackaged: true,
  hasManagedMark: false,
  appImage: undefined,
  hasUninstaller: false,
};
const BRAND = { feed: 'https://versions.metropole.example/', key: 'KEY', product: 'fr.traboule.tno' };
const POLICY = { updateMode: 'notify', updateFeed: null, updateChannel: 'stable' } as const;

describe('a copy of the program', () => {
  it('is the administrator’s under deb, rpm and MSI, whatever else is there', () => {
    expect(installedAs({ ...LINUX, hasManagedMark: true, appImage: '/a.AppImage' })).toBe('managed');
    expect(installedAs({ ...LINUX, platform: 'win32', hasManagedMark: true, hasUninstaller: true })).toBe(
      'managed',
    );
  });

  it('renews itself as an AppImage, from NSIS and on macOS, and not where it was unpacked by hand', () => {
    expect(installedAs({ ...LINUX, appImage: '/a.AppImage' })).toBe('renewable');
    expect(installedAs({ ...LINUX, platform: 'win32', hasUninstaller: true })).toBe('renewable');
    expect(installedAs({ ...LINUX, platform: 'darwin' })).toBe('renewable');
    expect(installedAs(LINUX)).toBe('loose');
    expect(installedAs({ ...LINUX, platform: 'win32' })).toBe('loose');
    expect(installedAs({ ...LINUX, appImage: '/a.AppImage', isPackaged: false })).toBe('loose');
  });
});

describe('where new versions are', () => {
  it('is the policy’s address before the brand’s, with the brand’s key', () => {
    const updateFeed = 'https://mirror.example/';
    expect(feedOf({ ...POLICY, updateFeed }, BRAND, 'renewable')).toEqual({
      feed: { url: updateFeed, key: 'KEY', product: 'fr.traboule.tno', channel: 'stable' },
    });
  });

  it.each([
    ['managed', POLICY, BRAND, 'managed'],
    ['decided', { ...POLICY, updateMode: 'off' as const }, BRAND, 'renewable'],
    ['no-feed', POLICY, { ...BRAND, feed: null }, 'renewable'],
    ['no-feed', POLICY, { ...BRAND, key: null }, 'renewable'],
    ['loose', POLICY, BRAND, 'loose'],
  ] as const)('is nowhere: %s', (off, policy, brand, installed) => {
    expect(feedOf(policy, brand, installed)).toEqual({ off });
  });
});

describe('the time for a version', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');
  it('comes after the days that the policy wants it to be out', () => {
    const released = Date.parse('2026-11-25T12:00:00Z');
    expect(isOutLongEnough(released, 3, now)).toBe(true);
    expect(isOutLongEnough(released, 4, now)).toBe(false);
    expect(isOutLongEnough(null, 0, now)).toBe(true);
    expect(isOutLongEnough(null, 1, now)).toBe(false);
  });

  it('is in hours that may go over midnight', () => {
    expect(isInWindow('22:00-05:30', 23 * 60)).toBe(true);
    expect(isInWindow('22:00-05:30', 5 * 60 + 30)).toBe(false);
    expect(isInWindow('12:00-14:00', 13 * 60)).toBe(true);
    expect(isInWindow('12:00-14:00', 11 * 60)).toBe(false);
  });
});

describe('the signature of a list', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const signed = (list: string): string => sign(null, Buffer.from(list), privateKey).toString('base64');

  it('is right for what was signed, and for nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (list, other) => {
        expect(isSignedWith(key, list, `${signed(list)}\n`)).toBe(true);
        expect(isSignedWith(key, list, signed(other))).toBe(list === other);
      }),
      { numRuns: 50 },
    );
  });

  it('is never right with a key or signature that is none', () => {
    expect(isSignedWith('', 'a', signed('a'))).toBe(false);
    expect(isSignedWith(key, 'a', '')).toBe(false);
    expect(isSignedWith(key, '', '')).toBe(false);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(
      isSignedWith(rsa.export({ format: 'der', type: 'spki' }).toString('base64'), 'a', signed('a')),
    ).toBe(false);
  });
});
