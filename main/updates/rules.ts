import type { UpdateState } from '../../preload/contract/updates.ts';
import type { PolicyValues } from '../policy/schema/table.ts';

/** How this copy of the program came here. `managed`: by a deb, an rpm, the MSI or the NSIS for machines; `loose`: unpacked by hand. */
export type Installed = 'managed' | 'renewable' | 'loose';

/** What tells how it came here. */
export interface Traces {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** The mark that those lay into its resources. */
  readonly hasManagedMark: boolean;
  /** The file that runs as an AppImage, of its own environment. */
  readonly appImage: string | undefined;
  /** NSIS lays an uninstaller beside the program; a zip has none. */
  readonly hasUninstaller: boolean;
}

/** How a copy came here. */
export function installedAs(traces: Traces): Installed {
  if (traces.hasManagedMark) return 'managed';
  if (!traces.isPackaged) return 'loose';
  return isRenewable(traces) ? 'renewable' : 'loose';
}

function isRenewable({ platform, hasUninstaller, appImage }: Traces): boolean {
  if (platform === 'win32') return hasUninstaller;
  return platform === 'darwin' || Boolean(appImage);
}

/** Where new versions are, and the public key that their list must be signed with. */
export interface Feed {
  readonly url: string;
  readonly key: string;
  /** The application id that the list must be for: makers may sign for several programs with one key. */
  readonly product: string;
  readonly channel: PolicyValues['updateChannel'];
}

/** Where to look, or why it is not looked. */
export type Where =
  | { readonly feed: Feed; readonly off?: undefined }
  | { readonly feed?: undefined; readonly off: Off };
type Off = Extract<UpdateState, { status: 'off' }>['why'];

/** What the brand says of new versions, and its application id. */
export interface Maker {
  readonly feed: string | null;
  readonly key: string | null;
  readonly product: string;
}

/** Where to look, or why not. The key is the brand's alone: a policy names another address, never another maker. */
export function feedOf(
  policy: Pick<PolicyValues, 'updateMode' | 'updateFeed' | 'updateChannel'>,
  brand: Maker,
  installed: Installed,
): Where {
  if (installed === 'managed') return { off: 'managed' };
  if (policy.updateMode === 'off') return { off: 'decided' };
  if (installed === 'loose') return { off: 'loose' };
  const url = policy.updateFeed ?? brand.feed;
  if (url === null || brand.key === null) return { off: 'no-feed' };
  return { feed: { url, key: brand.key, product: brand.product, channel: policy.updateChannel } };
}

const DAY_MS = 86_400_000;

/** Whether a version was out for so many days. One that does not say since when is as old as need be only without deferral. */
export function isOutLongEnough(releasedAt: number | null, days: number, now: number): boolean {
  if (days === 0) return true;
  return releasedAt !== null && now - releasedAt >= days * DAY_MS;
}

/** Whether a time of the day (minutes since midnight) is in a window such as `22:00-05:30`, which may go over midnight. */
export function isInWindow(window: string, minutes: number): boolean {
  const [from = 0, to = 0] = window.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}
