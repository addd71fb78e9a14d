/**
 * The connection to one other participant. Who comes later makes the offer, once, with a transceiver
 * for each slot; from then on tracks are only replaced, so that nothing is ever negotiated again and
 * two offers never cross.
 */
import type { Flow, Signal } from '../protocol.ts';
import { SLOTS, type Slot } from './local-media.ts';

export type PeerOptions = {
  id: string;
  /** The track that goes out for a slot right now. */
  outgoing: (slot: Slot) => MediaStreamTrack | null;
  say: (signal: Signal) => void;
  /** Tracks came in: the camera with the sound, and the screen. */
  onStreams: (streams: { camera: MediaStream; screen: MediaStream }) => void;
};

export class Peer {
  readonly id: string;
  readonly #options: PeerOptions;
  readonly #connection = new RTCPeerConnection();
  readonly #early: RTCIceCandidateInit[] = [];
  #offering = false;

  constructor(options: PeerOptions) {
    this.id = options.id;
    this.#options = options;
    this.#connection.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      options.say({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } });
    });
    this.#connection.addEventListener('connectionstatechange', () => {
      if (this.#offering && this.#connection.connectionState === 'failed') void this.#sendOffer(true);
    });
  }

  /** Makes the offer; only who came later does. */
  async offer(): Promise<void> {
    this.#offering = true;
    for (const slot of SLOTS) {
      const kind = slot === 'audio' ? 'audio' : 'video';
      this.#connection.addTransceiver(kind, { direction: 'sendrecv' });
    }
    await this.#attach();
    await this.#sendOffer(false);
  }

  /** Takes what the other page sent. */
  async accept(signal: Signal): Promise<void> {
    if ('candidate' in signal) return this.#addCandidate(signal.candidate);
    await this.#connection.setRemoteDescription(signal.description);
    for (const candidate of this.#early.splice(0)) await this.#connection.addIceCandidate(candidate);
    if (signal.description.type === 'offer') await this.#answer();
    this.#options.onStreams(this.#streams());
  }

  async replace(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    await this.#connection.getTransceivers()[SLOTS.indexOf(slot)]?.sender.replaceTrack(track);
  }

  /** What has arrived from there so far. */
  async flow(): Promise<Flow> {
    const flow: Flow = {
      from: this.id,
      framesDecoded: 0,
      screenFramesDecoded: 0,
      audioPackets: 0,
      width: 0,
      height: 0,
    };
    const report = await this.#connection.getStats();
    report.forEach((stats: RTCInboundRtpStreamStats) => {
      if (stats.type !== 'inbound-rtp') return;
      if (stats.kind === 'audio') flow.audioPackets = stats.packetsReceived ?? 0;
      else if (stats.mid === String(SLOTS.indexOf('screen')))
        flow.screenFramesDecoded = stats.framesDecoded ?? 0;
      else Object.assign(flow, pictureOf(stats));
    });
    return flow;
  }

  /** How loud the microphone is here, 0 to 1, as this connection sees it. */
  async localLevel(): Promise<number> {
    let level = 0;
    const report = await this.#connection.getStats();
    report.forEach((stats: { type: string; kind?: string; audioLevel?: number }) => {
      if (stats.type === 'media-source' && stats.kind === 'audio') level = stats.audioLevel ?? 0;
    });
    return level;
  }

  close(): void {
    this.#connection.close();
  }

  async #sendOffer(iceRestart: boolean): Promise<void> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer({ iceRestart }));
    this.#describe();
  }

  async #answer(): Promise<void> {
    for (const transceiver of this.#connection.getTransceivers()) transceiver.direction = 'sendrecv';
    await this.#attach();
    await this.#connection.setLocalDescription();
    this.#describe();
  }

  async #attach(): Promise<void> {
    for (const slot of SLOTS) await this.replace(slot, this.#options.outgoing(slot));
  }

  #describe(): void {
    const description = this.#connection.localDescription;
    if (description) this.#options.say({ description: { type: description.type, sdp: description.sdp } });
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.#connection.remoteDescription) await this.#connection.addIceCandidate(candidate);
    else this.#early.push(candidate);
  }

  #streams(): { camera: MediaStream; screen: MediaStream } {
    const [audio, video, screen] = this.#connection.getTransceivers().map(({ receiver }) => receiver.track);
    return {
      camera: new MediaStream([audio, video].filter((track) => track !== undefined)),
      screen: new MediaStream(screen ? [screen] : []),
    };
  }
}

function pictureOf(stats: RTCInboundRtpStreamStats): Pick<Flow, 'framesDecoded' | 'width' | 'height'> {
  return {
    framesDecoded: stats.framesDecoded ?? 0,
    width: stats.frameWidth ?? 0,
    height: stats.frameHeight ?? 0,
  };
}
