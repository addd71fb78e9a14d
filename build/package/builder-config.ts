import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { entryActionGroups, entryActions } from './linux/desktop-files.ts';
import type { Product } from './product.ts';
import { run } from './run.ts';
import { type Signing, unsignedMark, type WindowsSigning } from './signing.ts';
import { TARGETS, type Target } from './targets.ts';

/** What electron-builder is told, besides the product. */
export interface BuilderParts {
  readonly product: Product;
  readonly signing: Signing;
  /** Folders: of the prepared program, of the brand's icons, and where results go. */
  readonly folders: { readonly app: string; readonly icons: string; readonly output: string };
  /** Papers that are put beside the program. */
  readonly papers: readonly string[];
  /** An empty file: laid into the program's resources, it says that others bring new versions (main/updates). */
  readonly managedMark: string;
  /** The Electron to pack: its version, and its folder where it is not to be downloaded. */
  readonly electron: { readonly version: string; readonly dist?: string };
}

/** What the hardened macOS lets the program and its processes do (Apple, "Hardened Runtime"). */
const ENTITLEMENTS = join(import.meta.dirname, 'macos/entitlements.plist');

type Hooks = Pick<Configuration, 'afterPack' | 'msiProjectCreated'>;

/** The one configuration of electron-builder, for one target (two of NSIS differ). It is data, and tests read it. */
export function builderConfig(parts: BuilderParts, target: Target, hooks: Hooks): Configuration {
  const { product, folders, electron, papers, signing, managedMark } = parts;
  const { isManaged } = TARGETS[target];
  const mark = unsignedMark(signing, TARGETS[target].system);
  return {
    appId: product.applicationId,
    productName: product.name,
    copyright: `${product.organisation} · EUPL-1.2`,
    directories: { app: folders.app, output: folders.output, buildResources: folders.icons },
    electronVersion: electron.version,
    ...(electron.dist === undefined ? {} : { electronDist: electron.dist }),
    asar: true,
    // All that is there was chosen before (contents.ts); libraries are found by the manifest's dependencies.
    files: ['**/*'],
    extraFiles: papers.map((from) => ({ from, to: from.replace(/^.*[/\\]/, '') })),
    npmRebuild: false,
    electronLanguages: ['fr', 'en', 'en-US', 'en-GB'],
    protocols: [{ name: product.name, schemes: [product.scheme] }],
    // Has the lists of new versions written; where they are looked for is the brand's and the policy's word (main/updates).
    // An installer for machines has no place in a list: people without rights would be given it.
    publish: isManaged ? null : [{ provider: 'generic', url: product.feed ?? 'https://versions.invalid/' }],
    extraResources: isManaged ? [{ from: managedMark, to: 'managed' }] : [],
    artifactName: `${product.id}-\${version}-\${arch}${mark}.\${ext}`,
    ...linuxConfig(parts),
    ...windowsConfig(parts, target),
    ...macConfig(parts),
    ...hooks,
  };
}

function linuxConfig({ product }: BuilderParts): Configuration {
  return {
    linux: {
      executableName: product.id,
      category: 'Office',
      synopsis: product.summary.en,
      maintainer: product.organisation,
      // The image's own starter is what its entry runs.
      desktop: {
        entry: { Actions: entryActions() },
        desktopActions: Object.fromEntries(
          entryActionGroups(product, 'AppRun').map(({ act, values }) => [act, values]),
        ),
      },
    },
    toolsets: { appimage: '1.0.3' },
  };
}

function windowsConfig({ product, signing, folders }: BuilderParts, target: Target): Configuration {
  const perMachine = target === 'nsis-machine';
  return {
    win: {
      icon: `${folders.icons}/icon.ico`,
      executableName: product.name,
      // The registry's reader has a native half, which can't be loaded from inside the archive.
      asarUnpack: ['node_modules/native-reg/prebuilds/**'],
      requestedExecutionLevel: 'asInvoker',
      legalTrademarks: product.organisation,
      verifyUpdateCodeSignature: true,
      ...signedBy(signing.windows),
    },
    nsis: {
      oneClick: false,
      perMachine,
      // The one for a person asks for no rights; the one for machines is what administrators run.
      allowElevation: perMachine,
      packElevateHelper: perMachine,
      allowToChangeInstallationDirectory: false,
      // Offered at the end of an installation that somebody looks at; never after a silent one.
      runAfterFinish: true,
      createDesktopShortcut: true,
      deleteAppDataOnUninstall: false,
      installerLanguages: ['fr_FR', 'en_US'],
      multiLanguageInstaller: true,
      artifactName: `${product.id}-\${version}-${perMachine ? 'machine-' : ''}setup${unsignedMark(signing, 'windows')}.\${ext}`,
    },
    msi: {
      oneClick: false,
      perMachine: true,
      // Also no launch as SYSTEM: software management installs under that account.
      runAfterFinish: false,
      // The shortcut is one of the MSI's properties (windows/msi.ts).
      createDesktopShortcut: false,
      createStartMenuShortcut: true,
    },
  };
}

function macConfig({ product, signing, folders }: BuilderParts): Configuration {
  const { isSigned, isNotarised } = signing.macos;
  return {
    mac: {
      icon: `${folders.icons}/icon.icns`,
      category: 'public.app-category.productivity',
      hardenedRuntime: true,
      // What electron-builder gives by itself lets nobody hear or see: microphone and camera are asked for here.
      entitlements: ENTITLEMENTS,
      entitlementsInherit: ENTITLEMENTS,
      gatekeeperAssess: false,
      notarize: isNotarised,
      ...(isSigned ? {} : { identity: null }),
      extendInfo: {
        NSMicrophoneUsageDescription: `${product.name} : votre voix dans les appels.`,
        NSCameraUsageDescription: `${product.name} : votre image dans les appels.`,
      },
    },
    // The list is the zip's, which is what the program renews itself from.
    dmg: { title: product.name, writeUpdateInfo: false },
  };
}

function signedBy(signing: WindowsSigning): NonNullable<Configuration['win']> {
  switch (signing.kind) {
    case 'none':
      return { signExecutable: false };
    case 'certificate':
      return { signtoolOptions: { signingHashAlgorithms: ['sha256'] } };
    case 'command':
      return {
        signtoolOptions: {
          signingHashAlgorithms: ['sha256'],
          publisherName: signing.publisher,
          sign: async ({ path }) => void (await run(signing.command, [path])),
        },
      };
    case 'azure':
      return {
        azureSignOptions: {
          endpoint: signing.endpoint,
          codeSigningAccountName: signing.account,
          certificateProfileName: signing.profile,
          publisherName: signing.publisher,
        },
      };
    default:
      return signing satisfies never;
  }
}
