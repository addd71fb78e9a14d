import {
  type BrowserWindow,
  type DesktopCapturerSource,
  desktopCapturer,
  type Session,
  type Streams,
} from 'electron';
import type { ScreenSource } from '../../preload/contract/calls.ts';
import type { Log } from '../log/log.ts';
import { originOf } from './permissions.ts';

/** What a request for a screen is answered with. */
export interface ScreenRequestParts {
  /** Conferences that may ask. */
  readonly domains: () => readonly string[];
  /** Lets the person choose; null for nothing. */
  readonly choose: (sources: readonly ScreenSource[]) => Promise<string | null>;
  /** The call window: sharing it would show itself in itself without end. */
  readonly self: () => BrowserWindow | null;
  readonly log: Log;
}

const THUMBNAIL = { width: 320, height: 200 };
const THUMBNAIL_QUALITY = 80;
/** As many as the contract lets through, and a name as long. */
const MOST = 100;
const LONGEST_NAME = 500;

/**
 * Answers `getDisplayMedia` in a session with what the person chooses. It always answers, whatever goes wrong: a
 * request without an answer would keep the conference waiting for good.
 */
export function answerScreenRequests(session: Session, parts: ScreenRequestParts): void {
  session.setDisplayMediaRequestHandler((request, callback) => {
    void answerRequest(request, callback, parts);
  });
}

async function answerRequest(
  { securityOrigin, audioRequested }: Electron.DisplayMediaRequestHandlerHandlerRequest,
  callback: (streams: Streams) => void,
  parts: ScreenRequestParts,
): Promise<void> {
  const asker = originOf(securityOrigin);
  const mayAsk = parts.domains().some((domain) => originOf(`https://${domain}`) === asker);
  const source = mayAsk ? await sourceOrNothing(parts) : null;
  try {
    callback(streamsOf(source, audioRequested));
  } catch (error) {
    // Electron throws when it is given no video; that very throw ends the request, as it should.
    if (source) parts.log.warn('screen.refused', {}, error);
  }
}

/** On Wayland a picker that the person cancels is an error. */
async function sourceOrNothing(parts: ScreenRequestParts): Promise<DesktopCapturerSource | null> {
  try {
    return await pickSource(parts);
  } catch (error) {
    parts.log.warn('screen.none', {}, error);
    return null;
  }
}

async function pickSource({ choose, self }: ScreenRequestParts): Promise<DesktopCapturerSource | null> {
  const sources = await desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize: THUMBNAIL });
  // The portal of Wayland has asked the person already: what it gives is what they chose.
  if (asksByItself(process.platform, process.env)) return sources[0] ?? null;
  const own = self()?.getMediaSourceId();
  const others = sources.filter(({ id }) => id !== own).slice(0, MOST);
  const chosen = await choose(others.map(toScreenSource));
  return others.find(({ id }) => id === chosen) ?? null;
}

/** Whether the system shows a picker of its own before it names any source. */
function asksByItself(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  const isWayland = env['XDG_SESSION_TYPE'] === 'wayland' || Boolean(env['WAYLAND_DISPLAY']);
  return platform === 'linux' && isWayland;
}

function toScreenSource({ id, name, thumbnail }: DesktopCapturerSource): ScreenSource {
  const picture = thumbnail.toJPEG(THUMBNAIL_QUALITY).toString('base64');
  return {
    id,
    name: name.slice(0, LONGEST_NAME),
    kind: id.startsWith('screen:') ? 'screen' : 'window',
    thumbnail: `data:image/jpeg;base64,${picture}`,
  };
}

/** The machine's own sound goes with a whole screen, where the system can give it (Windows). */
function streamsOf(source: DesktopCapturerSource | null, wantsSound: boolean): Streams {
  if (!source) return {};
  const withSound = wantsSound && process.platform === 'win32' && source.id.startsWith('screen:');
  return withSound ? { video: source, audio: 'loopback' } : { video: source };
}
