import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import {
  Provider,
  type ProviderRuntimeOptions,
  parseUpdateInfo,
  resolveFiles,
} from 'electron-updater/out/providers/Provider.js';
import type { Feed } from './rules.ts';
import { isSignedWith, SIGNATURE_ENDING } from './signature.ts';

/** The list of versions is not from who makes the program. */
export class UntrustedFeed extends Error {
  constructor(file: string) {
    super(`${file} is not signed by who makes the program`);
    this.name = 'UntrustedFeed';
  }
}

const SUFFIX: Readonly<Record<string, string>> = { darwin: '-mac', linux: '-linux' };
const NAMES: Readonly<Record<Feed['channel'], string>> = { stable: 'latest', beta: 'beta' };

/** The file that lists a channel's newest version, as electron-builder names it. */
export function feedFile(channel: Feed['channel'], platform: NodeJS.Platform): string {
  return `${NAMES[channel]}${SUFFIX[platform] ?? ''}.yml`;
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
      return parseUpdateInfo(list ?? '', name, address);
    }

    resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
      return resolveFiles(info, base);
    }
  }
  return { provider: 'custom', updateProvider: SignedFeed };
}
