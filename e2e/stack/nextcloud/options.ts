/**
 * What the stand-in can be told: who may sign in, which server generation it plays, and which front server.
 */

/** One account. `quota` is in bytes; left out means unlimited (Nextcloud's -3). */
export interface UserSpec {
  readonly uid: string;
  readonly password: string;
  readonly displayName: string;
  readonly email?: string;
  readonly quota?: number;
  readonly groups?: readonly string[];
  readonly enabled?: boolean;
}

/**
 * What separates one server from another. The defaults are the recorded 24.0.5 behind `php -S`; `newerServer`
 * turns on what later versions added.
 */
export interface Switches {
  /** What the server says it is, such as `24.0.5`; newer ones list more in their capabilities. */
  version: string;
  /** Advertise the capability `dav.bulkupload` (24 has the endpoint but does not say so, 01/02). */
  bulkUpload: boolean;
  /** GET of a folder with `Accept: application/x-tar` or `application/zip` answers an archive (31 and later). */
  folderArchive: boolean;
  /** Honour `X-NC-WebDAV-AutoMkcol: 1` on PUT (24 answers 404, 03/63). */
  autoMkcol: boolean;
  /** Offer the notify_push websocket and its capability. */
  notifyPush: boolean;
  /** Behave like Apache with mod_deflate: gzip bodies and `-gzip` etags (group 12). */
  apache: boolean;
  /** Answer as a server in maintenance (01/43 to 01/50). */
  maintenance: boolean;
  /** Answer `nc:is-mount-root`, which 24 does not know (02/01). */
  mountRootProperty: boolean;
  /** Characters refused in names, as newer servers list them in `files.forbidden_filename_characters`. */
  forbiddenCharacters: readonly string[];
  /** The activity app, which an administrator may remove; the recorded server has it (10/33). */
  activityApp: boolean;
  /** `oc:data-fingerprint`: an administrator changes it after restoring a backup. */
  dataFingerprint: string;
}

/** Time in milliseconds since 1970; replaced by the conformance replay. */
export type Clock = () => number;

export interface NextcloudOptions extends Partial<Switches> {
  /** Folder that holds accounts' files and the metadata; made when missing, kept when the server stops. */
  readonly dataDir: string;
  /** Port on 127.0.0.1; 0 or left out takes a free one. */
  readonly port?: number;
  readonly users: readonly UserSpec[];
  readonly clock?: Clock;
}

/** The recorded server: 24.0.5 behind PHP's own front server. */
export const recordedServer: Switches = {
  version: '24.0.5',
  bulkUpload: false,
  folderArchive: false,
  autoMkcol: false,
  notifyPush: false,
  apache: false,
  maintenance: false,
  mountRootProperty: false,
  forbiddenCharacters: [],
  activityApp: true,
  dataFingerprint: '',
};

/** What a current server offers on top of the recorded one. */
export const newerServer: Partial<Switches> = {
  version: '31.0.8',
  bulkUpload: true,
  folderArchive: true,
  autoMkcol: true,
  notifyPush: true,
  mountRootProperty: true,
};

/** The switches given, over the recorded server's. */
export function switchesFrom(given: Partial<Switches>): Switches {
  const base = recordedServer;
  return {
    version: given.version ?? base.version,
    bulkUpload: given.bulkUpload ?? base.bulkUpload,
    folderArchive: given.folderArchive ?? base.folderArchive,
    autoMkcol: given.autoMkcol ?? base.autoMkcol,
    notifyPush: given.notifyPush ?? base.notifyPush,
    apache: given.apache ?? base.apache,
    maintenance: given.maintenance ?? base.maintenance,
    mountRootProperty: given.mountRootProperty ?? base.mountRootProperty,
    forbiddenCharacters: given.forbiddenCharacters ?? base.forbiddenCharacters,
    activityApp: given.activityApp ?? base.activityApp,
    dataFingerprint: given.dataFingerprint ?? base.dataFingerprint,
  };
}
