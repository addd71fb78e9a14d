import type { CallCommand, CallContext, CallPlace, ScreenSource } from '../../../preload/contract/calls.ts';
import type { Bridge } from '../../../preload/contract/index.ts';
import { Disposables } from '../../ui/disposables.ts';
import { Store } from '../../ui/store.ts';
import { type Announcement, announcementOf } from './announcements.ts';
import { assertNever } from './assert-never.ts';
import { type CallEvent, type CallState, INITIAL, type Pane, reduceCall, reportOf } from './call-state.ts';
import type { CameraPreview } from './camera-preview.ts';
import {
  type Conference,
  type ConferenceCommand,
  ConferenceError,
  type ConferenceEvent,
  type Device,
  type OpenConference,
  type Problem,
  type Wishes,
} from './conference.ts';

/** All that the call window can ask of main. */
export type CallBridge = Bridge<'callWindow'>['callWindow'];

interface Parts {
  readonly context: CallContext;
  readonly bridge: CallBridge;
  readonly open: OpenConference;
  readonly preview: CameraPreview;
  readonly announce: (announcement: Announcement) => void;
  readonly focusNextPane: () => void;
  readonly now: () => number;
}

/** How long the conference may take to say goodbye before the window goes anyway. */
const GOODBYE_MS = 2000;

/**
 * One call: opens the conference inside the page's frame, keeps the state that the views render, and carries out
 * what the person does. Everything it opened is closed by `dispose`.
 */
export class CallModel {
  readonly state = new Store<CallState>(INITIAL);
  /** What can be shared, while the person chooses. */
  readonly sources = new Store<readonly ScreenSource[] | null>(null);
  readonly context: CallContext;
  readonly preview: CameraPreview;
  readonly #parts: Parts;
  readonly #disposables = new Disposables();
  #attempt = new AbortController();
  #conference: Conference | null = null;
  #parent: HTMLElement | null = null;
  #place: CallPlace | null = null;
  #reported = '';
  #hasBegun = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.context = parts.context;
    this.preview = parts.preview;
    const { bridge } = parts;
    this.#disposables.add(
      bridge.on('sourcesOffered', ({ sources }) => this.sources.set(sources)),
      bridge.on('shortcut', ({ command }) => this.perform(command)),
      () => this.#abandon(),
    );
  }

  readonly dispose = (): void => this.#disposables.dispose();

  /** Starts the call in this element, once; the element must stay as long as the call. */
  readonly mount = (parent: HTMLElement): void => {
    if (this.#parent === parent) return;
    this.#parent = parent;
    const { startMuted, audioOnly } = this.context;
    void this.#start({ microphone: !startMuted, camera: !audioOnly });
  };

  /** Tries again after a failure, with the devices as they were. */
  readonly retry = (): void => {
    this.#abandon();
    void this.#start(this.state.get().on);
  };

  /** Before joining this says how the call will start; in the call the conference does it and says so. */
  readonly toggle = (device: Device): void => {
    const { stage, on } = this.state.get();
    if (stage.name === 'joined') return this.#run({ type: 'toggle-device', device });
    this.#happen({ type: 'device-wished', device, on: !on[device] });
    if (device === 'camera') void this.#showPreview();
  };

  readonly toggleSharing = (): void => this.#run({ type: 'toggle-sharing' });

  readonly toggleHand = (): void => this.#run({ type: 'toggle-hand' });

  readonly muteEveryone = (): void => this.#run({ type: 'mute-everyone' });

  readonly setLobby = (on: boolean): void => {
    this.#run({ type: 'lobby', on });
    this.#happen({ type: 'lobby-set', on });
  };

  readonly answerKnock = (id: string, approved: boolean): void => {
    this.#run({ type: 'answer-knock', id, approved });
    this.#happen({ type: 'knock-answered', id });
  };

  /** The screen or window to share; null shares nothing. */
  readonly chooseSource = (sourceId: string | null): void => {
    this.sources.set(null);
    void this.#parts.bridge.chooseSource({ sourceId });
  };

  readonly showPane = (pane: Pane): void => this.#happen({ type: 'pane', pane });

  readonly dismissTrouble = (): void => this.#happen({ type: 'trouble-dismissed' });

  readonly showConversation = (): void => void this.#parts.bridge.showConversation();

  readonly setCompact = (compact: boolean): void => {
    this.#happen({ type: 'compact', compact });
    void this.#parts.bridge.setCompact({ compact });
  };

  /** Ends the call: the others are told first, then the window closes. */
  readonly leave = (): void => {
    const { stage } = this.state.get();
    if (stage.name === 'leaving') return;
    if (stage.name === 'failed' || this.#conference === null) return this.#close();
    this.#run({ type: 'hang-up' });
    this.#happen({ type: 'leaving' });
    const timer = setTimeout(() => this.#close(), GOODBYE_MS);
    this.#disposables.add(() => clearTimeout(timer));
  };

  /** What a key stands for. Escape closes the nearest thing. */
  readonly perform = (command: CallCommand): void => {
    switch (command) {
      case 'toggle-microphone':
        return this.toggle('microphone');
      case 'toggle-camera':
        return this.toggle('camera');
      case 'dismiss':
        if (this.sources.get()) return this.chooseSource(null);
        if (this.state.get().pane !== 'none') return this.showPane('none');
        return this.dismissTrouble();
      case 'next-pane':
        return this.#parts.focusNextPane();
      default:
        return assertNever(command);
    }
  };

  async #start(wishes: Wishes): Promise<void> {
    const attempt = new AbortController();
    this.#attempt = attempt;
    const { open } = this.#parts;
    const parent = this.#parent;
    if (!parent) return;
    this.#happen({ type: 'started', ...wishes });
    void this.#showPreview();
    const listener = (event: ConferenceEvent) => {
      if (!attempt.signal.aborted) this.#hear(event);
    };
    try {
      const place = await this.#whereItIs();
      if (attempt.signal.aborted) return;
      const call = { ...this.context, ...place };
      const conference = await open(call, this.state.get().on, parent, listener, attempt.signal);
      if (attempt.signal.aborted) conference.dispose();
      else this.#conference = conference;
    } catch (error) {
      if (!attempt.signal.aborted) this.#hear({ type: 'failed', problem: await this.#problemOf(error) });
    }
  }

  /** Asked once: trying again goes to the same place. */
  async #whereItIs(): Promise<CallPlace> {
    if (this.#place) return this.#place;
    const place = await this.#parts.bridge.place();
    if (!place.ok) throw new ConferenceError('unreachable');
    this.#place = place.value;
    return place.value;
  }

  #hear(event: ConferenceEvent): void {
    const wished = this.state.get().on;
    this.#happen(event);
    if (event.type === 'closed') this.#close();
    if (event.type === 'moderator') this.#begin();
    if (event.type === 'failed') this.#abandon();
    if (event.type !== 'joined') return;
    this.preview.stop();
    void this.#settle(wished);
  }

  /** Who may decide and is alone has just begun the call: its waiting room is on from then, where that is the rule. */
  #begin(): void {
    const { me, people, lobby } = this.state.get();
    const [self, ...others] = people;
    if (this.#hasBegun || self?.id !== me || !self?.moderator || others.length > 0) return;
    this.#hasBegun = true;
    if (this.context.lobby && !lobby) this.setLobby(true);
  }

  /** Brings the devices to what the person wished while the conference was loading. */
  async #settle(wished: Readonly<Record<Device, boolean>>): Promise<void> {
    const conference = this.#conference;
    const actual = await conference?.devices();
    if (!conference || !actual || conference !== this.#conference) return;
    for (const device of ['microphone', 'camera'] as const) {
      this.#happen({ type: 'device', device, on: actual[device] });
      const isTroubled = this.state.get().trouble[device] !== null;
      if (actual[device] !== wished[device] && !isTroubled) conference.run({ type: 'toggle-device', device });
    }
  }

  async #showPreview(): Promise<void> {
    const { stage, on } = this.state.get();
    if (!on.camera || (stage.name !== 'connecting' && stage.name !== 'door')) return this.preview.stop();
    const trouble = await this.preview.start();
    if (trouble) this.#happen({ type: 'device-trouble', device: 'camera', trouble });
  }

  #happen(event: CallEvent): void {
    const { now, announce } = this.#parts;
    const before = this.state.get();
    const after = reduceCall(before, event, now());
    this.state.set(after);
    const announcement = announcementOf(before, event, after, now());
    if (announcement) announce(announcement);
    this.#report(after);
  }

  /** Main hears of a change once, not of every raised hand. */
  #report(state: CallState): void {
    const report = reportOf(state);
    const text = JSON.stringify(report);
    if (text === this.#reported) return;
    this.#reported = text;
    void this.#parts.bridge.report(report);
  }

  #run(command: ConferenceCommand): void {
    this.#conference?.run(command);
  }

  /** An error nobody foresaw is shown as one and goes to the page's error log besides. */
  async #problemOf(error: unknown): Promise<Problem> {
    if (!(error instanceof ConferenceError)) {
      reportError(error);
      return 'internal';
    }
    if (error.problem !== 'unreachable') return error.problem;
    const outcome = await this.#parts.bridge.diagnose();
    const code = outcome.ok ? null : outcome.error.code;
    return code === 'certificate' || code === 'not-a-server' ? code : 'unreachable';
  }

  #abandon(): void {
    this.#attempt.abort();
    this.#conference?.dispose();
    this.#conference = null;
    this.preview.stop();
  }

  #close(): void {
    this.#abandon();
    this.#happen({ type: 'leaving' });
    void this.#parts.bridge.close();
  }
}
