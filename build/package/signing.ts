import { type System, TARGETS, type Target } from './targets.ts';

/** Who signs what is made for Windows (Authenticode). */
export type WindowsSigning =
  | { readonly kind: 'none' }
  /** A certificate in a file, which electron-builder reads from WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD. */
  | { readonly kind: 'certificate' }
  /** A command that signs the file it is given: for a key in a hardware module or at a provider. */
  | { readonly kind: 'command'; readonly command: string; readonly publisher: string }
  /** Microsoft's service; its own credentials are in AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET. */
  | {
      readonly kind: 'azure';
      readonly endpoint: string;
      readonly account: string;
      readonly profile: string;
      readonly publisher: string;
    };

/** Who signs, for each system, and the key that signs the feed of updates. */
export interface Signing {
  readonly windows: WindowsSigning;
  readonly macos: { readonly isSigned: boolean; readonly isNotarised: boolean };
  /** A key of the person's GnuPG. */
  readonly linux: { readonly gpgKey: string | null };
  /** A file with a private Ed25519 key (PEM, PKCS 8). */
  readonly feedKey: string | null;
}

/** Reads from the environment who signs. What is half there is not there, and `whyNoRelease` says what lacks. */
export function readSigning(env: NodeJS.ProcessEnv): Signing {
  const isSigned = Boolean(env['CSC_NAME'] || (env['CSC_LINK'] && env['CSC_KEY_PASSWORD']));
  return {
    windows: windowsSigning(env),
    macos: {
      isSigned,
      isNotarised:
        isSigned && Boolean(env['APPLE_API_KEY'] && env['APPLE_API_KEY_ID'] && env['APPLE_API_ISSUER']),
    },
    linux: { gpgKey: env['TRABOULE_GPG_KEY'] || null },
    feedKey: env['TRABOULE_FEED_KEY'] || null,
  };
}

function windowsSigning(env: NodeJS.ProcessEnv): WindowsSigning {
  const publisher = env['TRABOULE_SIGN_PUBLISHER'];
  const command = env['TRABOULE_SIGN_COMMAND'];
  if (command && publisher) return { kind: 'command', command, publisher };
  const endpoint = env['TRABOULE_AZURE_ENDPOINT'];
  const account = env['TRABOULE_AZURE_ACCOUNT'];
  const profile = env['TRABOULE_AZURE_PROFILE'];
  if (endpoint && account && profile && publisher)
    return { kind: 'azure', endpoint, account, profile, publisher };
  if (env['WIN_CSC_LINK'] && env['WIN_CSC_KEY_PASSWORD']) return { kind: 'certificate' };
  return { kind: 'none' };
}

const WANTED: Readonly<Record<System, string>> = {
  linux: 'TRABOULE_GPG_KEY',
  windows:
    'WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD, or TRABOULE_SIGN_COMMAND and TRABOULE_SIGN_PUBLISHER, or TRABOULE_AZURE_ENDPOINT, _ACCOUNT, _PROFILE and TRABOULE_SIGN_PUBLISHER',
  macos:
    'CSC_LINK and CSC_KEY_PASSWORD, or CSC_NAME; and APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER to have it notarised',
};

/** Why what is made of these targets can't be called a release: one line for each system that nobody signs for. */
export function whyNoRelease(signing: Signing, targets: readonly Target[]): readonly string[] {
  const systems = new Set(targets.map((target) => TARGETS[target].system));
  return [...systems]
    .filter((system) => !isSignedFor(signing, system))
    .map((system) => `Nobody signs for ${system}. It takes, in the environment: ${WANTED[system]}.`);
}

/** Whether what is made for a system is signed as its people expect. */
export function isSignedFor(signing: Signing, system: System): boolean {
  switch (system) {
    case 'linux':
      return signing.linux.gpgKey !== null;
    case 'windows':
      return signing.windows.kind !== 'none';
    case 'macos':
      return signing.macos.isNotarised;
    default:
      return system satisfies never;
  }
}

/** What the name of a file that nobody signed ends with: it can't be taken for a release. */
export function unsignedMark(signing: Signing, system: System): string {
  return isSignedFor(signing, system) ? '' : '-unsigned';
}
