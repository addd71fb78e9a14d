import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import type { Audience } from '../../preload/contract/channel.ts';
import { WIRE } from '../../preload/contract/wire.ts';
import type { Deliver } from '../contract/events.ts';
import { type Caller, type Gate, isOf } from '../contract/gate.ts';

/** The windows with a bridge, and what each is for: only they may ask or are told anything. */
export class BridgedWindows {
  readonly #audiences = new Map<WebContents, Audience>();

  /** Gives a window's page its part of the contract, until the page is gone. */
  add(contents: WebContents, audience: Audience): void {
    this.#audiences.set(contents, audience);
    contents.once('destroyed', () => this.#audiences.delete(contents));
  }

  /** Takes a window's part away: it may ask nothing and is told nothing any more. */
  remove(contents: WebContents): void {
    this.#audiences.delete(contents);
  }

  /** Who sent this, by what Electron knows of the frame. */
  callerOf(event: IpcMainInvokeEvent): Caller {
    const frame = event.senderFrame;
    return {
      origin: frame?.origin ?? '',
      isMainFrame: frame?.parent === null,
      window: this.#audiences.get(event.sender) ?? null,
    };
  }

  /** Sends an event to the windows of an audience. */
  readonly deliver: Deliver = (audience, channel, payload) => {
    for (const [contents, itsAudience] of this.#audiences) {
      if (itsAudience === audience && !contents.isDestroyed()) contents.send(WIRE.event, channel, payload);
    }
  };
}

const Paths = z.array(z.string().max(33_000)).max(500);

/**
 * Connects the contract's gate (requests wait until it stands) and the offer of dropped files to Electron's IPC: the only
 * two handlers there are.
 */
export function connectWire(
  windows: BridgedWindows,
  gate: Promise<Gate>,
  offer: (paths: readonly string[]) => (string | null)[],
): void {
  ipcMain.handle(WIRE.request, async (event, channel: unknown, payload: unknown) => {
    const caller = windows.callerOf(event);
    return (await gate).answer(caller, channel, payload);
  });
  ipcMain.handle(WIRE.offer, (event, paths: unknown) => {
    const offered = Paths.safeParse(paths);
    return isOf('app', windows.callerOf(event)) && offered.success ? offer(offered.data) : [];
  });
}
