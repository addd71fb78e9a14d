/**
 * The microphone, camera and screen of this page. A muted microphone keeps its track, disabled, so
 * that it is back at once; a muted camera gives its track up, so that its light goes out.
 */
export type Slot = 'audio' | 'video' | 'screen';
export const SLOTS: readonly Slot[] = ['audio', 'video', 'screen'];

export type MediaEvents = {
  /** The track of a slot is another one, or none. */
  changed: (slot: Slot, track: MediaStreamTrack | null) => void;
  /** A device could not be had. */
  failed: (slot: Slot, error: DOMException) => void;
  /** The browser's own button, or the end of a window, stopped the screen. */
  screenEnded: () => void;
};

const CAMERA: MediaTrackConstraints = { width: 640, height: 360, frameRate: 24 };
const SCREEN: MediaTrackConstraints = { frameRate: 10 };

const OPEN: Readonly<Record<Slot, () => Promise<MediaStream>>> = {
  audio: () => navigator.mediaDevices.getUserMedia({ audio: true }),
  video: () => navigator.mediaDevices.getUserMedia({ video: CAMERA }),
  screen: () => navigator.mediaDevices.getDisplayMedia({ video: SCREEN }),
};

export class LocalMedia {
  readonly #events: MediaEvents;
  readonly #tracks = new Map<Slot, MediaStreamTrack>();

  constructor(events: MediaEvents) {
    this.#events = events;
  }

  track(slot: Slot): MediaStreamTrack | null {
    return this.#tracks.get(slot) ?? null;
  }

  /** Turns a slot on or off; says whether it is on afterwards. */
  async set(slot: Slot, on: boolean): Promise<boolean> {
    const track = this.#tracks.get(slot);
    if (slot === 'audio' && track) {
      track.enabled = on;
      return on;
    }
    if (!on) this.#release(slot);
    else if (!track) await this.#acquire(slot);
    return this.#tracks.has(slot);
  }

  stop(): void {
    for (const slot of SLOTS) this.#release(slot);
  }

  async #acquire(slot: Slot): Promise<void> {
    try {
      const [track] = (await OPEN[slot]()).getTracks();
      if (!track) return;
      this.#tracks.set(slot, track);
      track.addEventListener('ended', () => this.#ended(slot, track));
      this.#events.changed(slot, track);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#events.failed(slot, error);
    }
  }

  #ended(slot: Slot, track: MediaStreamTrack): void {
    if (this.#tracks.get(slot) !== track) return;
    this.#release(slot);
    if (slot === 'screen') this.#events.screenEnded();
  }

  #release(slot: Slot): void {
    const track = this.#tracks.get(slot);
    if (!track) return;
    this.#tracks.delete(slot);
    track.stop();
    this.#events.changed(slot, null);
  }
}
