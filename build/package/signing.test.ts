import { describe, expect, it } from 'vitest';
import { readSigning, unsignedMark, whyNoRelease } from './signing.ts';

describe('who signs', () => {
  it('is nobody where the environment says nothing, and then nothing is a release', () => {
    const signing = readSigning({});
    expect(whyNoRelease(signing, ['deb', 'rpm', 'msi', 'dmg'])).toEqual([
      expect.stringContaining('TRABOULE_GPG_KEY'),
      expect.stringContaining('WIN_CSC_LINK'),
      expect.stringContaining('APPLE_API_KEY'),
    ]);
    expect(unsignedMark(signing, 'windows')).toBe('-unsigned');
  });

  it('is asked for only those systems that something is made for', () => {
    expect(whyNoRelease(readSigning({ TRABOULE_GPG_KEY: 'A1B2' }), ['deb', 'tar.gz'])).toEqual([]);
    expect(unsignedMark(readSigning({ TRABOULE_GPG_KEY: 'A1B2' }), 'linux')).toBe('');
  });

  it('is a certificate, a command for a hardware module, or a service, on Windows', () => {
    const publisher = { TRABOULE_SIGN_PUBLISHER: 'Métropole' };
    expect(readSigning({ WIN_CSC_LINK: 'a.pfx', WIN_CSC_KEY_PASSWORD: 'x' }).windows.kind).toBe(
      'certificate',
    );
    expect(readSigning({ TRABOULE_SIGN_COMMAND: '/sign', ...publisher }).windows).toEqual({
      kind: 'command',
      command: '/sign',
      publisher: 'Métropole',
    });
    const azure = {
      TRABOULE_AZURE_ENDPOINT: 'https://x',
      TRABOULE_AZURE_ACCOUNT: 'a',
      TRABOULE_AZURE_PROFILE: 'p',
    };
    expect(readSigning({ ...azure, ...publisher }).windows.kind).toBe('azure');
  });

  it.each([
    ['a certificate without its password', { WIN_CSC_LINK: 'a.pfx' }],
    ['a command without the name that updates are checked for', { TRABOULE_SIGN_COMMAND: '/sign' }],
  ])('is nobody with %s', (_, env) => {
    expect(whyNoRelease(readSigning(env), ['nsis'])).toHaveLength(1);
  });

  it('of macOS must have it notarised too', () => {
    const signed = { CSC_NAME: 'Developer ID' };
    expect(whyNoRelease(readSigning(signed), ['dmg'])).toHaveLength(1);
    const notarised = { ...signed, APPLE_API_KEY: 'k.p8', APPLE_API_KEY_ID: 'k', APPLE_API_ISSUER: 'i' };
    expect(whyNoRelease(readSigning(notarised), ['dmg'])).toEqual([]);
  });
});
