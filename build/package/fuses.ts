import { type FuseConfig, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * What a packaged Electron may do: each of its switches is decided here. One that a newer Electron brings fails the
 * types, and the packaging when only the binary knows of it.
 */
export const FUSES: Readonly<Record<FuseV1Options, boolean>> = {
  /** The program can't be used as a plain Node to run other scripts under its name and rights. */
  [FuseV1Options.RunAsNode]: false,
  /** Cookies on disk are encrypted with the system's key. */
  [FuseV1Options.EnableCookieEncryption]: true,
  /** Neither NODE_OPTIONS nor `--inspect` puts foreign code into the main process. */
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  /** A changed archive does not start (Windows and macOS; on Linux Electron does not look). */
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  /** No folder `app` beside the archive is taken in its place. */
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  /** There is one snapshot for all processes. */
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  /** No page is a file: a file is not given rights of a page of ours. */
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  /** WebAssembly's bounds are watched by the processor: the chat's encryption is faster. */
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** What `getCurrentFuseWire` answers for a fuse that can be set. */
const STATES = new Map([
  ['0', false],
  ['1', true],
]);

/**
 * Sets all fuses of an Electron binary. `older` is for one that has fewer of them: those it has are set. Throws when it
 * has one that is not decided.
 */
export async function setFuses(executable: string, older: boolean): Promise<void> {
  const decided = older ? await knownTo(executable) : FUSES;
  const config: FuseConfig = older
    ? { version: FuseVersion.V1, ...decided }
    : { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...FUSES };
  await flipFuses(executable, config);
}

/** The fuses of a binary as they stand, by name; those that it has not are left out. */
export async function readFuses(executable: string): Promise<ReadonlyMap<FuseName, boolean>> {
  const wire = await getCurrentFuseWire(executable);
  const fuses = new Map<FuseName, boolean>();
  for (const name of FUSE_NAMES) {
    const state = STATES.get(String.fromCharCode(wire[FuseV1Options[name]] ?? 0));
    if (state !== undefined) fuses.set(name, state);
  }
  return fuses;
}

type FuseName = keyof typeof FuseV1Options;
const FUSE_NAMES = Object.keys(FuseV1Options).filter(isFuseName);

/** An enum of numbers has its names and its numbers as keys. */
function isFuseName(key: string): key is FuseName {
  return Number.isNaN(Number(key));
}

async function knownTo(executable: string): Promise<Partial<Record<FuseV1Options, boolean>>> {
  const known = await readFuses(executable);
  const options = FUSE_NAMES.filter((name) => known.has(name)).map((name) => FuseV1Options[name]);
  return Object.fromEntries(options.map((option) => [option, FUSES[option]]));
}
