/**
 * The words the engine shares with whoever runs it (the supervisor, the command line, tests).
 * Everything here is plain data that survives a structured clone: no class, no function, no bigint.
 * Paths are relative to the pair, `/`-separated, NFC, without a leading slash; `''` is the pair's root.
 */

/** One local folder kept equal to one folder of a server. */
export interface PairConfig {
  readonly id: string;
  readonly remote: RemoteConfig;
  /** Absolute path of the local folder; created at the first run. */
  readonly localDir: string;
  /** Absolute path of the pair's journal (an SQLite file); its folder is created. One per pair. */
  readonly journalPath: string;
  readonly options?: Partial<PairOptions>;
}

/** Where the remote folder is and who asks for it. */
export interface RemoteConfig {
  /** What speaks at `url`: Nextcloud unless said otherwise, or any server of WebDAV (RFC 4918). */
  readonly kind?: 'nextcloud' | 'webdav';
  /**
   * Address of the server as its users know it, for example `https://cloud.example/` or with a sub-path; of a
   * WebDAV server that of the folder that is shared, for example `https://space.example/webdav/`.
   */
  readonly url: string;
  /** The uid of OCS `cloud/user`, which is not always the login name; the login name for WebDAV. */
  readonly user: string;
  /** Name for Basic authentication when it differs from `user` (Login Flow v2 returns it). */
  readonly loginName?: string;
  /** An app password: an account password works but costs the server 200 ms a request. */
  readonly password: string;
  /** Folder of the account, `/` for all of it, or `/Salons/Plan local`. */
  readonly rootPath: string;
  /** Shown to this server alone, when it asks for one. */
  readonly certificate?: ClientCertificate;
}

/** The files of a certificate that tells a server who asks (RFC 8446, 4.4.2); absolute paths. */
export interface ClientCertificate {
  /** PKCS #12 with the key in it; or PEM: the certificate, its issuers' after it, and the key unless that is elsewhere. */
  readonly file: string;
  readonly keyFile?: string;
  /** Its first line is what the key is locked with. */
  readonly passphraseFile?: string;
}

/** What an administrator or a test may change; the defaults stand in `options.ts`. */
export interface PairOptions {
  /** Words put into the name of a conflict copy: `name (copie en conflit 2026-11-22 101500).ext`. */
  readonly conflictLabel: string;
  /** Patterns of what is left alone beside the built-in ones and the folder's own list (`discover/ignore.ts`). */
  readonly ignore: readonly string[];
  /**
   * Folders that are not wanted on this computer, as paths of the pair; what is below one goes with it, and `''` is
   * all of the pair. What is here of them goes once the server has it. A folder that is renamed is followed: the
   * event `unwanted` tells where they are.
   */
  readonly unwanted: readonly string[];
  /** Files larger than this many bytes are left out on both sides; `Infinity` for none. */
  readonly maxFileSize: number;
  /** Bytes that the folders of all pairs may take here together before nothing more comes; `Infinity` for no limit. */
  readonly mostBytes: number;
  /** Report names that Windows can't hold although this system could. */
  readonly windowsNames: boolean;
  /** Files larger than this many bytes go up in chunks. */
  readonly chunkThreshold: number;
  /** Whether one that a fast line brings up in seconds goes whole nevertheless. */
  readonly wholeIfFast: boolean;
  /** Least bytes of a chunk. Servers want 5 MB at least and 10,000 chunks at most; it grows with file and line. */
  readonly chunkSize: number;
  /** New folders with so many small files and more come as one archive, where the server gives archives. */
  readonly archiveFrom: number;
  /** New files of up to so many bytes are held in memory until they are whole, and put in their places together. */
  readonly smallFile: number;
  /** So many small files of a folder that is new on the server go up together, where the server takes them so. */
  readonly bulkFrom: number;
  /** Transfers at a time. */
  readonly parallel: number;
  /** A file changed less than this many milliseconds ago waits. */
  readonly quietMs: number;
  /** Seconds between looks at the server when nobody tells of changes. */
  readonly pollSeconds: number;
  readonly guard: GuardLimits;
}

/** When a run stops and asks before it deletes. Counts are of files. */
export interface GuardLimits {
  /** Ask from this many deletions on. */
  readonly files: number;
  /** Ask when more than this share of all files goes (0 to 1), from `shareFrom` files on. */
  readonly share: number;
  readonly shareFrom: number;
  /** Ask when one side lost everything, from this many files on. */
  readonly emptiedFrom: number;
}

/** Addresses of the HTTP proxies on the way to servers, by the servers' origins; one that is not named is reached straight. */
export type Proxies = Readonly<Record<string, string>>;

/** What the engine is told of the computer that it runs on; `conduct.ts` says what follows from it. */
export interface Surroundings {
  /** Whether a person has the program before them. */
  readonly attention: 'foreground' | 'background';
  /** `line` names the present connection: when it changes, what could not be reached may be there. */
  readonly network:
    | { readonly kind: 'offline' }
    | { readonly kind: 'online'; readonly line: string; readonly proxies?: Proxies };
  /** Whether the line is paid by what passes; false as well where the system does not tell. */
  readonly metered: boolean;
  /** `level` is a share, 0 to 1; absent where the system does not tell. */
  readonly power: { readonly kind: 'mains' } | { readonly kind: 'battery'; readonly level?: number };
  /** When the computer last woke from sleep, in ms since 1970; 0 for never. */
  readonly wokeAt: number;
}

/** When a pair is to wait for better surroundings. */
export interface PauseRules {
  /** `low`: below 20 %. */
  readonly pauseOnBattery: 'never' | 'low' | 'always';
  readonly pauseOnMetered: boolean;
}

/** How much of the line files may take, in one direction. */
export type SpeedLimit =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed'; readonly bytesPerSecond: number }
  /** 0 to 1 of what the line carries; it is let run without limit for some seconds every 5 min to know. */
  | { readonly kind: 'share'; readonly share: number };

/** Limits of all pairs together. */
export interface SpeedLimits {
  readonly up: SpeedLimit;
  readonly down: SpeedLimit;
}

/** What a pair is doing. */
export type PairState =
  | { readonly kind: 'idle'; readonly lastSync?: number; readonly problems: number }
  | { readonly kind: 'scanning' }
  | { readonly kind: 'syncing' }
  /** By a person's wish, or because a rule says so. */
  | { readonly kind: 'paused'; readonly reason: 'person' | 'battery' | 'metered' }
  /** Without `retryAt`: until the line is back. */
  | { readonly kind: 'offline'; readonly code: ProblemCode; readonly retryAt?: number }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'guarded'; readonly guard: Guard }
  | { readonly kind: 'error'; readonly code: ProblemCode; readonly retryAt?: number; readonly detail: string }
  | { readonly kind: 'stopped' };

/**
 * A run that stopped before it deleted, and why.
 *
 * | reason | `confirmGuard` | `refuseGuard` |
 * |---|---|---|
 * | manyDeletions, emptied | deletes as listed | keeps everything: brings the files back on the other side |
 * | localRootMissing, remoteRootMissing | makes the folder again and fills it | stays stopped until it is back |
 * | localRootReplaced, remoteRootReplaced, accountChanged, serverRestored | joins both sides, deletes nothing | stays stopped |
 */
export interface Guard {
  /** Names exactly this stop; a confirmation of another one is ignored. */
  readonly id: string;
  readonly reason:
    | 'manyDeletions'
    | 'emptied'
    | 'localRootMissing'
    | 'remoteRootMissing'
    | 'localRootReplaced'
    | 'remoteRootReplaced'
    | 'accountChanged'
    | 'serverRestored';
  /** Files that would go to this computer's trash. */
  readonly localDeletions: number;
  /** Files that would go to the server's trash. */
  readonly remoteDeletions: number;
  /** Some of them, at most 50. */
  readonly sample: readonly { readonly path: string; readonly side: 'local' | 'remote' }[];
}

/** Progress of the run under way. */
export interface Progress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Bytes a second over the last seconds. */
  readonly speed: number;
  readonly secondsLeft?: number;
}

/** Every reason why something is not in sync. Words for people are made from it elsewhere. */
export type ProblemCode =
  // the whole pair
  | 'unreachable'
  | 'timedOut'
  | 'maintenance'
  | 'notAServer'
  | 'badCertificate'
  /** The server lets in only who shows a certificate that it likes. */
  | 'certificateWanted'
  /** The proxy on the way wants a sign-in that it was not given, or that the engine does not speak. */
  | 'proxyRefuses'
  | 'signedOut'
  | 'serverUnavailable'
  | 'journalInUse'
  | 'journalTooNew'
  /** The place where engines tell each other which folders they sync is not this user's alone. */
  | 'locksNotOwn'
  | 'localFolderUnusable'
  /** The drive of the folder here does not answer. */
  | 'driveSilent'
  | 'internal'
  // one path
  | 'locked'
  | 'quotaFull'
  | 'tooLarge'
  | 'forbidden'
  | 'serverError'
  | 'nameRefusedByServer'
  | 'nameNotHeldHere'
  | 'nameTooLong'
  | 'caseClash'
  | 'nameClash'
  /** Something that is left out, on the other side, has its name. */
  | 'nameTaken'
  | 'notUnicode'
  | 'listingFailed'
  | 'malformedAnswer'
  | 'checksumMismatch'
  | 'wrongLength'
  | 'interrupted'
  | 'changing'
  | 'diskFull'
  /** The folders take as much of this computer as they may. */
  | 'roomLimit'
  | 'localReadOnly'
  | 'localUnreadable'
  | 'fileInUse'
  | 'localError';

/** Something that could not be done, and what became of the bytes. */
export interface Problem {
  readonly code: ProblemCode;
  readonly path: string;
  readonly action: ItemAction | 'list' | 'scan' | 'run';
  /** Where the content safely is meanwhile. */
  readonly kept: 'here' | 'server' | 'both';
  /** When the engine tries again by itself (ms since 1970); absent: when the file or the name changes. */
  readonly retryAt?: number;
  /** Facts for the details view: status numbers, sizes, names. Never prose, never a secret. */
  readonly data: Readonly<Record<string, string | number>>;
}

/** A conflict that was resolved by keeping both. */
export interface Conflict {
  readonly path: string;
  /** Path of the local version, set aside. */
  readonly copy: string;
  readonly at: number;
}

export type ItemAction =
  | 'upload'
  | 'download'
  | 'createLocal'
  | 'createRemote'
  | 'moveLocal'
  | 'moveRemote'
  | 'removeLocal'
  | 'removeRemote'
  | 'resolve'
  | 'adopt'
  /** Goes from this computer, where it is not wanted; the server keeps it. */
  | 'evict'
  | 'turnAway'
  | 'forget';

/**
 * Something worth a word that asks for nothing. `restored`: what was done to an entry here is undone, for want of
 * the right to do it on the server. `leftOut…`: stays on the side where it is, as it is: a symbolic link, a device or a
 * pipe, larger than `maxFileSize`, by a pattern of the options, by one of the folder's own list.
 */
export type NoticeCode =
  | 'journalRebuilt'
  | 'trashUnavailable'
  | 'recovered'
  | 'restored'
  | 'leftOutLink'
  | 'leftOutSpecial'
  | 'leftOutTooLarge'
  | 'leftOutByRules'
  | 'leftOutByList';

/** What the engine says while it works. `pair` is the id of the configuration. */
export type SyncEvent =
  | { readonly type: 'state'; readonly pair: string; readonly at: number; readonly state: PairState }
  | { readonly type: 'progress'; readonly pair: string; readonly at: number; readonly progress: Progress }
  | {
      readonly type: 'item';
      readonly pair: string;
      readonly at: number;
      readonly phase: 'started' | 'progress' | 'done';
      readonly action: ItemAction;
      readonly path: string;
      /** Old path of a move. */
      readonly from?: string;
      readonly bytesDone: number;
      readonly bytesTotal: number;
    }
  | { readonly type: 'problem'; readonly pair: string; readonly at: number; readonly problem: Problem }
  | { readonly type: 'solved'; readonly pair: string; readonly at: number; readonly path: string }
  /** Folders that are not wanted here are others than before, or elsewhere. */
  | {
      readonly type: 'unwanted';
      readonly pair: string;
      readonly at: number;
      readonly paths: readonly string[];
    }
  | { readonly type: 'conflict'; readonly pair: string; readonly at: number; readonly conflict: Conflict }
  | {
      readonly type: 'notice';
      readonly pair: string;
      readonly at: number;
      readonly code: NoticeCode;
      readonly path: string;
      /** How many it speaks of, with that one. */
      readonly count: number;
    };

/** State of one entry for a side panel. A folder shows the most telling state below it. */
export type EntryState = 'synced' | 'uploading' | 'downloading' | 'waiting' | 'leftOut' | 'problem';

/** One line of a folder's listing. */
export interface EntryInfo {
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** ms since 1970. */
  readonly mtime: number;
  readonly state: EntryState;
  readonly problem?: ProblemCode;
  /** Whether it is on this computer already. */
  readonly here: boolean;
}

/** What a folder of this computer weighs. */
export interface FolderWeight {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** Files of these that the server does not have as they are here: they go there before they may leave. */
  readonly unsent: number;
}

/** Files that wait for their turn in the run under way. */
export interface Waiting {
  readonly count: number;
  readonly bytes: number;
  /** Those that come next, in their order; not all when there are many. */
  readonly files: readonly {
    readonly path: string;
    readonly action: 'upload' | 'download';
    readonly bytes: number;
  }[];
}

/** What to bring into the pair. */
export type ImportSource =
  | { readonly kind: 'path'; readonly path: string; readonly name?: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array };

/** Where an imported file came to stand. */
export interface Imported {
  /** Path in the pair: follow its upload by the events of this path. */
  readonly path: string;
  readonly localPath: string;
  readonly size: number;
}

/** How one run ended. */
export interface RunReport {
  readonly outcome:
    | 'inSync'
    | 'problems'
    | 'guarded'
    | 'offline'
    | 'signedOut'
    | 'paused'
    | 'failed'
    | 'stopped';
  readonly uploaded: number;
  readonly downloaded: number;
  readonly moved: number;
  readonly removed: number;
  readonly conflicts: number;
  readonly bytes: number;
  readonly requests: number;
  readonly problems: readonly Problem[];
}
