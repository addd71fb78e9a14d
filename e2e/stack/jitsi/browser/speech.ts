/** Tells speech from silence by loudness, with a pause allowed between two words. */
const LOUD = 0.02;
const PAUSE_MS = 1200;

export class SpeechGate {
  #speaking = false;
  #lastLoud = Number.NEGATIVE_INFINITY;

  /** Takes a level (0 to 1) at a time in ms; gives the new answer when it changed, else `undefined`. */
  hear(level: number, now: number): boolean | undefined {
    if (level > LOUD) this.#lastLoud = now;
    const speaking = now - this.#lastLoud < PAUSE_MS;
    if (speaking === this.#speaking) return undefined;
    this.#speaking = speaking;
    return speaking;
  }
}
