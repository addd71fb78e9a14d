import type {
  MediaProgress,
  Person,
  Protection,
  Ringing,
  SalonDetails,
  SalonListSnapshot,
  SalonSummary,
  Snapshot,
  TimelineSnapshot,
} from '../../matrix/protocol.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { Store } from '../../ui/store.ts';
import type { ChatPort } from './chat-port.ts';

/** A message that deserves a notification. */
export type Notable = Extract<Snapshot, { type: 'notable' }>['snapshot'];
/** Who said no to the call one rings for. */
export type CallAnswers = Extract<Snapshot, { type: 'call-answers' }>['snapshot'];

/** Conversations kept to show at once when the person comes back to them. */
const KEPT_TIMELINES = 20;

/**
 * The latest snapshots of the worker. Parts that did not change keep their identity, so that a row renders again
 * only when its own salon or message changed. Before the first snapshot a store holds null.
 */
export class ChatStore {
  readonly list = new Store<SalonListSnapshot | null>(null);
  readonly timeline = new Store<TimelineSnapshot | null>(null);
  readonly details = new Store<SalonDetails | null>(null);
  readonly protection = new Store<Protection>({ state: 'checking' });
  readonly ringing = new Store<readonly Ringing[]>([]);
  readonly callAnswers = new Store<CallAnswers | null>(null);
  readonly self = new Store<Person | null>(null);
  readonly run: ChatPort['run'];
  readonly #timelines = new Map<string, TimelineSnapshot>();
  readonly #notable = new Set<(notable: Notable) => void>();
  readonly #progress = new Set<(progress: MediaProgress) => void>();
  readonly #disposables = new Disposables();
  #open: string | null = null;

  constructor(port: ChatPort) {
    this.run = (name, request) => port.run(name, request);
    this.#disposables.add(port.subscribe(this.#take));
  }

  /** Opens a salon's conversation (or none): what was known of it is shown until its snapshot comes. */
  readonly open = (salonId: string | null): void => {
    if (salonId === this.#open) return;
    this.#open = salonId;
    this.timeline.set((salonId !== null && this.#timelines.get(salonId)) || null);
    this.details.set(null);
    void this.run('open', { salonId });
  };

  /** Says again which conversation is open: the chat started after the page did, or anew. */
  readonly reopen = (): void => {
    if (this.#open !== null) void this.run('open', { salonId: this.#open });
  };

  /** The line of a salon in the list, null when it is not there (yet). */
  readonly salon = (salonId: string | null): SalonSummary | null =>
    this.list.get()?.salons.find((salon) => salon.id === salonId) ?? null;

  /** Hears of messages that deserve a notification; answers the way to stop. */
  readonly onNotable = (listener: (notable: Notable) => void): (() => void) => {
    this.#notable.add(listener);
    return () => {
      this.#notable.delete(listener);
    };
  };

  /** Hears how far fetches of pictures and files are; answers the way to stop. */
  readonly onMediaProgress = (listener: (progress: MediaProgress) => void): (() => void) => {
    this.#progress.add(listener);
    return () => {
      this.#progress.delete(listener);
    };
  };

  /** Forgets everything: another person may sign in. */
  readonly clear = (): void => {
    this.#open = null;
    this.#timelines.clear();
    this.list.set(null);
    this.timeline.set(null);
    this.details.set(null);
    this.protection.set({ state: 'checking' });
    this.ringing.set([]);
    this.callAnswers.set(null);
    this.self.set(null);
  };

  readonly dispose = (): void => {
    this.#disposables.dispose();
    this.#notable.clear();
    this.#progress.clear();
  };

  readonly #take = (message: Snapshot): void => {
    switch (message.type) {
      case 'salons':
        return this.list.update((last) => reuse(last, message.snapshot));
      case 'timeline':
        return this.#takeTimeline(message.snapshot);
      case 'details':
        if (message.snapshot.salonId !== this.#open) return;
        return this.details.update((last) => reuse(last, message.snapshot));
      case 'protection':
        return this.protection.update((last) => reuse(last, message.snapshot));
      case 'ringing':
        return this.ringing.update((last) => reuse(last, message.snapshot));
      case 'call-answers':
        return this.callAnswers.set(message.snapshot);
      case 'self':
        return this.self.update((last) => reuse(last, message.snapshot));
      case 'notable':
        for (const listener of this.#notable) listener(message.snapshot);
        return;
      case 'media-progress':
        for (const listener of this.#progress) listener(message.snapshot);
    }
  };

  #takeTimeline(snapshot: TimelineSnapshot): void {
    const next = reuse(this.#timelines.get(snapshot.salonId), snapshot);
    this.#timelines.delete(snapshot.salonId);
    this.#timelines.set(snapshot.salonId, next);
    for (const oldest of this.#timelines.keys()) {
      if (this.#timelines.size <= KEPT_TIMELINES) break;
      this.#timelines.delete(oldest);
    }
    if (snapshot.salonId === this.#open) this.timeline.set(next);
  }
}
