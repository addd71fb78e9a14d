import type { Session } from 'electron';
import type { Log } from '../log/log.ts';

/** A session of the program: the app's pages, or the call's with the conference in it. */
export type Partition = 'app' | 'call';

/** For the app's page: copying, keeping its stores, and reaching servers inside the organisation's network. */
const FOR_APP: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'persistent-storage',
  'local-network-access',
  'local-network',
  'loopback-network',
]);
/** For a call: camera, microphone, screen (through our own picker), full screen, a screen that stays awake. */
const FOR_CALL: ReadonlySet<string> = new Set([
  'media',
  'display-capture',
  'fullscreen',
  'screen-wake-lock',
  'speaker-selection',
  'clipboard-sanitized-write',
  'local-network-access',
  'local-network',
  'loopback-network',
]);

/**
 * Whether a page gets a permission: by the partition it runs in and the origin that asks. Notifications are for none:
 * main shows them. `conferenceDomains` are those of brand or policy.
 */
export function isPermitted(
  partition: Partition,
  permission: string,
  origin: string,
  conferenceDomains: readonly string[],
): boolean {
  if (partition === 'app') return originOf(origin) === 'traboule://app' && FOR_APP.has(permission);
  return isOfCall(origin, conferenceDomains) && FOR_CALL.has(permission);
}

/** Whether an address belongs to a call: our own page, or a page of the conference server. */
export function isOfCall(address: string, conferenceDomains: readonly string[]): boolean {
  const origin = originOf(address);
  return (
    origin === 'traboule://call' ||
    conferenceDomains.some((domain) => origin === originOf(`https://${domain}`))
  );
}

/** Scheme, host and port of an address; the own scheme included, for which URL.origin is "null" outside Electron. */
export function originOf(address: string): string | null {
  const url = URL.parse(address);
  return url && url.host !== '' ? `${url.protocol}//${url.host}` : null;
}

/** Puts the rules on a session: checks, requests and devices. */
export function guardPermissions(
  session: Session,
  partition: Partition,
  conferenceDomains: () => readonly string[],
  log: Log,
): void {
  const decide = (permission: string, origin: string): boolean => {
    const isGiven = isPermitted(partition, permission, origin, conferenceDomains());
    if (!isGiven) log.info('permission.refused', { partition, permission });
    return isGiven;
  };
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isPermitted(partition, permission, origin, conferenceDomains()),
  );
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(decide(permission, details.requestingUrl));
  });
  session.setDevicePermissionHandler(() => false);
}
