import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import {
  Provider,
  type ProviderRuntimeOptions,
  parseUpdateInfo,
  resolveFiles,
} from 'electron-updater/out/providers/Provider.js';
import { z } from 'zod';
import type { Feed } from './rules.ts';
import { isSignedWith, SIGNATURE_ENDING } from './signature.ts';

/** The list of versions is not from who makes the program, or not for this program and channel. */
export class UntrustedFeed extends Error {
  constructor(file: string) {
    super(`${file} is not signed for this program by who makes it`);
    this.name = 'UntrustedFeed';
  }
}

const SUFFIX: Readonly<Record<string, string>> = { darwin: '-mac', linux: '-linux' };
const NAMES: Readonly<Record<Feed['channel'], string>> = { stable: 'latest', beta: 'beta' };

/** The file that lists a channel's newest version, as electron-builder names it. */
export function feedFile(channel: Feed['channel'], platform: NodeJS.Platform): string {
  return `${NAMES[channel]}${SUFFIX[platform] ?? ''}.yml`;
}

/** What a list says of itself under its signature: whose versions, and in which file they are announced. */
const Purpose = z.object({ product: z.string(), list: z.string() });

/** Nobody may serve the list of another program, channel or system that the same maker signed. */
function isMeantFor(info: unknown, product: string, list: string): boolean {
  const { data } = Purpose.safeParse(info);
  return data?.product === product && data.list === list;
}

/** Where electron-updater looks: a folder on a web server, whose list is believed only with its signature. */
export function signedFeed(feed: Feed, platform: NodeJS.Platform): Parameters<AppUpdater['setFeedURL']>[0] {
  const base = new URL(feed.url.endsWith('/') ? feed.url : `${feed.url}/`);
  class SignedFeed extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super({ ...runtime, isUseMultipleRangeRequest: false });
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const name = feedFile(feed.channel, platform);
      const address = new URL(name, base);
      const [list, signature] = await Promise.all(
        [address, new URL(`${name}${SIGNATURE_ENDING}`, base)].map((url) => this.httpRequest(url)),
      );
      if (!isSignedWith(feed.key, list ?? '', signature ?? '')) throw new UntrustedFeed(name);
      const info = parseUpdateInfo(list ?? '', name, address);
      if (!isMeantFor(info, feed.product, name)) throw new UntrustedFeed(name);
      return info;
    }

    resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
      return resolveFiles(info, base);
    }
  }
  return { provider: 'custom', updateProvider: SignedFeed };
}
