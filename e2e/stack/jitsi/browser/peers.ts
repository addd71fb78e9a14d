/** The connections to all the others of a conference, and what is measured on them. */
import type { ClientWord, Signal } from '../protocol.ts';
import type { Slot } from './local-media.ts';
import { Peer } from './peer.ts';
import { SpeechGate } from './speech.ts';

export type PeersOptions = {
  outgoing: (slot: Slot) => MediaStreamTrack | null;
  say: (word: ClientWord) => void;
  onStreams: (id: string, streams: { camera: MediaStream; screen: MediaStream }) => void;
  onSpeaking: (on: boolean) => void;
};

const LISTEN_MS = 200;
const REPORT_MS = 1000;

export class Peers {
  readonly #options: PeersOptions;
  readonly #peers = new Map<string, Peer>();
  readonly #gate = new SpeechGate();
  readonly #timers: number[];

  constructor(options: PeersOptions) {
    this.#options = options;
    this.#timers = [
      window.setInterval(() => void this.#listen(), LISTEN_MS),
      window.setInterval(() => void this.#reportFlows(), REPORT_MS),
    ];
  }

  /** Connects to those who were there before. */
  offerTo(ids: readonly string[]): void {
    for (const id of ids) void this.#peer(id).offer();
  }

  accept(from: string, data: Signal): void {
    void this.#peer(from).accept(data);
  }

  replace(slot: Slot, track: MediaStreamTrack | null): void {
    for (const peer of this.#peers.values()) void peer.replace(slot, track);
  }

  forget(id: string): void {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const id of this.#peers.keys()) this.forget(id);
  }

  #peer(id: string): Peer {
    const known = this.#peers.get(id);
    if (known) return known;
    const peer = new Peer({
      id,
      outgoing: this.#options.outgoing,
      say: (data) => this.#options.say({ type: 'signal', to: id, data }),
      onStreams: (streams) => this.#options.onStreams(id, streams),
    });
    this.#peers.set(id, peer);
    return peer;
  }

  /** The loudness of the microphone is the same on every connection, so one is asked. */
  async #listen(): Promise<void> {
    const [peer] = this.#peers.values();
    const enabled = this.#options.outgoing('audio')?.enabled ?? false;
    const level = peer && enabled ? await peer.localLevel() : 0;
    const speaking = this.#gate.hear(level, performance.now());
    if (speaking !== undefined) this.#options.onSpeaking(speaking);
  }

  async #reportFlows(): Promise<void> {
    if (this.#peers.size === 0) return;
    const flows = await Promise.all([...this.#peers.values()].map((peer) => peer.flow()));
    this.#options.say({ type: 'flows', flows });
  }
}
