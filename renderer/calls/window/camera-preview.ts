import { Store } from '../../ui/store.ts';
import type { DeviceTrouble } from './conference.ts';
import { troubleOf } from './device-trouble.ts';

type OpenCamera = () => Promise<MediaStream>;

const openCamera: OpenCamera = () =>
  navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });

/** The person's own picture while the conference loads. It owns the camera from `start` to `stop`. */
export class CameraPreview {
  readonly stream = new Store<MediaStream | null>(null);
  readonly #open: OpenCamera;
  #wanted = false;

  constructor(open: OpenCamera = openCamera) {
    this.#open = open;
  }

  /** Turns the camera on; answers what is the matter with it, or null. */
  readonly start = async (): Promise<DeviceTrouble | null> => {
    if (this.#wanted) return null;
    this.#wanted = true;
    try {
      const stream = await this.#open();
      if (this.#isStillWanted()) this.stream.set(stream);
      else release(stream);
      return null;
    } catch (error) {
      this.#wanted = false;
      return troubleOf(error);
    }
  };

  /** Turns the camera off, also when it is only just coming. */
  readonly stop = (): void => {
    this.#wanted = false;
    const stream = this.stream.get();
    this.stream.set(null);
    if (stream) release(stream);
  };

  #isStillWanted(): boolean {
    return this.#wanted;
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
