import { readFileSync } from 'node:fs';
import { parse } from 'plist';
import { describe, expect, it } from 'vitest';
import { builderConfig } from './builder-config.ts';
import { lyon } from './fixtures/products.ts';
import { readSigning } from './signing.ts';
import type { Target } from './targets.ts';

const config = (target: Target, env: NodeJS.ProcessEnv = {}) =>
  builderConfig(
    {
      product: lyon,
      signing: readSigning(env),
      folders: { app: '/app', icons: '/icons', output: '/out' },
      papers: ['/made/THIRD-PARTY.txt'],
      managedMark: '/made/managed',
      electron: { version: '45.4.1' },
    },
    target,
    {},
  );

describe('what electron-builder is told', () => {
  it('is the brand, in every place where a system asks', () => {
    expect(config('nsis')).toMatchObject({
      appId: 'fr.traboule.ensemble',
      productName: 'ENSEMBLE',
      protocols: [{ schemes: ['ensemble'] }],
      linux: {
        executableName: 'lyon-ensemble',
        desktop: {
          desktopActions: { search: { 'Name[fr]': 'Nouveau message', Exec: 'AppRun --act=search' } },
        },
      },
      asar: true,
      extraFiles: [{ from: '/made/THIRD-PARTY.txt', to: 'THIRD-PARTY.txt' }],
    });
  });

  it('is two NSIS installers: one for a person, without rights, and one for machines', () => {
    expect(config('nsis').nsis).toMatchObject({ perMachine: false, allowElevation: false, oneClick: false });
    expect(config('nsis-machine').nsis).toMatchObject({ perMachine: true, allowElevation: true });
    expect(config('nsis').nsis?.artifactName).not.toBe(config('nsis-machine').nsis?.artifactName);
    for (const target of ['nsis', 'nsis-machine'] as const)
      expect(config(target).nsis).toMatchObject({
        deleteAppDataOnUninstall: false,
        installerLanguages: ['fr_FR', 'en_US'],
      });
  });

  it('lists for people what they may install, and marks what administrators bring, which looks for nothing', () => {
    for (const target of ['nsis-machine', 'msi'] as const)
      expect(config(target)).toMatchObject({
        publish: null,
        extraResources: [{ from: '/made/managed', to: 'managed' }],
      });
    for (const target of ['nsis', 'AppImage', 'mac-zip'] as const)
      expect(config(target)).toMatchObject({ publish: [{ provider: 'generic' }], extraResources: [] });
    expect(config('dmg').dmg).toMatchObject({ writeUpdateInfo: false });
  });

  it('is an MSI for machines that starts nothing: software management installs as SYSTEM', () => {
    expect(config('msi').msi).toMatchObject({
      perMachine: true,
      runAfterFinish: false,
      createDesktopShortcut: false,
    });
  });

  it('is a hardened program for macOS, notarised when the keys are there and signed by nobody else', () => {
    expect(config('dmg').mac).toMatchObject({ hardenedRuntime: true, notarize: false, identity: null });
    const keys = { CSC_NAME: 'ID', APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 'u' };
    const signed = config('dmg', keys).mac;
    expect(signed).toMatchObject({ notarize: true });
    expect(signed).not.toHaveProperty('identity');
  });

  it('has on macOS the right to a microphone and a camera, which the hardened system refuses without', () => {
    const { entitlements, entitlementsInherit } = config('dmg').mac ?? {};
    expect(entitlementsInherit).toBe(entitlements);
    expect(parse(readFileSync(String(entitlements), 'utf8'))).toEqual({
      'com.apple.security.cs.allow-jit': true,
      'com.apple.security.device.audio-input': true,
      'com.apple.security.device.camera': true,
    });
  });

  it('names who signs for Windows, so that updates are checked for that name', () => {
    const signed = config('nsis', {
      TRABOULE_SIGN_COMMAND: '/sign',
      TRABOULE_SIGN_PUBLISHER: 'Métropole',
    }).win;
    expect(signed).toMatchObject({
      verifyUpdateCodeSignature: true,
      signtoolOptions: { publisherName: 'Métropole', signingHashAlgorithms: ['sha256'] },
    });
    expect(config('nsis').win).toMatchObject({ signExecutable: false });
  });

  it('calls what nobody signed unsigned, in the name of each file', () => {
    expect(config('AppImage').artifactName).toMatch(/-unsigned\./);
    expect(config('AppImage', { TRABOULE_GPG_KEY: 'A1' }).artifactName).not.toMatch(/unsigned/);
    expect(config('nsis', { TRABOULE_GPG_KEY: 'A1' }).nsis?.artifactName).toMatch(/-unsigned\./);
  });
});
