import type { CallState, Conference } from '../../../preload/contract/calls.ts';
import type { ContractError } from '../../../preload/contract/channel.ts';
import type { AppBridge } from '../../bridge.ts';
import type { CommandError, OngoingCall, Ringing } from '../../matrix/protocol.ts';
import { Disposables } from '../../ui/disposables.ts';
import { Store } from '../../ui/store.ts';
import type { CallLog } from './call-log.ts';
import type { ChatStore } from './chat-store.ts';

/** What stopped a call from starting: the chat or main. */
export type CallProblem =
  | { readonly from: 'chat'; readonly error: CommandError }
  | { readonly from: 'main'; readonly error: ContractError };

/** Calls this person is in: by salon, gone when left. */
type OwnCalls = Readonly<Record<string, CallState['phase']>>;

interface Own {
  readonly widgetId: string;
  /** We ring the others once we are in: nobody was there. */
  readonly rings: boolean;
  ringId: string | null;
}

interface CallsNeeds {
  readonly bridge: AppBridge['calls'];
  readonly chat: ChatStore;
  readonly log: CallLog;
  readonly now: () => number;
  /** What programs that don't know our calls show when we ring, in the person's language. */
  readonly ringText: () => string;
}

/**
 * One's own calls from the click to the end, and the ringing of others. The call window is main's; who is in the
 * call and the ringing are the chat's; this store joins the two.
 */
export class CallsStore {
  readonly own = new Store<OwnCalls>({});
  /** Salons whose call is being prepared: the click was, the window is not yet. */
  readonly starting = new Store<ReadonlySet<string>>(new Set());
  /** Who rings and was not answered. */
  readonly ringing = new Store<readonly Ringing[]>([]);
  readonly log: CallLog;
  readonly #bridge: AppBridge['calls'];
  readonly #chat: ChatStore;
  readonly #now: () => number;
  readonly #ringText: () => string;
  readonly #details = new Map<string, Own>();
  readonly #settled = new Map<string, 'answered' | 'declined'>();
  readonly #disposables = new Disposables();

  constructor({ bridge, chat, log, now, ringText }: CallsNeeds) {
    this.#bridge = bridge;
    this.#chat = chat;
    this.#now = now;
    this.#ringText = ringText;
    this.log = log;
    this.#disposables.add(bridge.on('changed', this.#take), chat.ringing.subscribe(this.#hear));
  }

  /** Calls, or joins the call that goes on: one click. Answers what went wrong. */
  readonly callOrJoin = async (salonId: string): Promise<CallProblem | null> => {
    if (this.starting.get().has(salonId)) return null;
    this.#setStarting(salonId, true);
    try {
      return await this.#open(salonId);
    } finally {
      this.#setStarting(salonId, false);
    }
  };

  readonly leave = (salonId: string): void => {
    void this.#bridge.leave({ salonId });
  };

  /** Answers someone who rings. */
  readonly accept = (ring: Ringing): Promise<CallProblem | null> => {
    this.#settle(ring, 'answered');
    return this.callOrJoin(ring.salonId);
  };

  /** Not now: it stops ringing here, and the caller sees it. */
  readonly decline = (ring: Ringing): void => {
    this.#settle(ring, 'declined');
    void this.#chat.run('declineCall', { salonId: ring.salonId, ringId: ring.ringId });
  };

  readonly clear = (): void => {
    this.#details.clear();
    this.#settled.clear();
    this.own.set({});
    this.ringing.set([]);
    this.log.clear();
  };

  readonly dispose = (): void => this.#disposables.dispose();

  /** The window is there at once; where the call is comes after it. */
  async #open(salonId: string): Promise<CallProblem | null> {
    const salon = this.#chat.salon(salonId);
    const ongoing = salon?.call ?? null;
    const opened = await this.#bridge.open({
      salonId,
      salonName: salon?.name ?? '',
      displayName: this.#chat.self.get()?.name ?? '',
      domain: ongoing?.conference.domain ?? null,
      audioOnly: ongoing?.conference.audioOnly ?? false,
    });
    if (!opened.ok) return { from: 'main', error: opened.error };
    if (!opened.value.isNew) return null;
    const problem = await this.#connect(salonId, ongoing);
    if (problem) this.leave(salonId);
    return problem;
  }

  async #connect(salonId: string, ongoing: OngoingCall | null): Promise<CallProblem | null> {
    const domains = await this.#bridge.domains();
    if (!domains.ok) return { from: 'main', error: domains.error };
    const auth = ongoing ? null : await this.#authOf(domains.value[0]);
    const request = { salonId, domains: domains.value, ...(auth && { auth }) };
    const prepared = await this.#chat.run('prepareCall', request);
    if (!prepared.ok) return { from: 'chat', error: prepared.error };
    const { conference, widgetId, jwt } = prepared.value;
    this.#details.set(salonId, { widgetId, rings: !ongoing?.people.length, ringId: null });
    const connected = await this.#bridge.connect({ salonId, conference, jwt });
    if (connected.ok) return null;
    this.#details.delete(salonId);
    return connected.error.code === 'cancelled' ? null : { from: 'main', error: connected.error };
  }

  /** How a conference server lets people in; null when it does not say. */
  async #authOf(domain: string | undefined): Promise<Conference['auth'] | null> {
    if (domain === undefined) return null;
    const probed = await this.#bridge.probe({ domain });
    return probed.ok ? probed.value.auth : null;
  }

  readonly #take = ({ salonId, phase }: CallState): void => {
    const before = this.own.get()[salonId];
    this.own.update((own) => {
      const others = Object.entries(own).filter(([id]) => id !== salonId);
      return Object.fromEntries(phase.phase === 'left' ? others : [...others, [salonId, phase]]);
    });
    if (phase.phase === 'joined' && before?.phase !== 'joined') void this.#joined(salonId);
    if (phase.phase === 'joined' && phase.participants.length > 0) this.#stopRinging(salonId);
    if (phase.phase === 'left') this.#left(salonId);
  };

  async #joined(salonId: string): Promise<void> {
    const own = this.#details.get(salonId);
    if (!own) return;
    void this.#chat.run('setInCall', { salonId, widgetId: own.widgetId, inCall: true });
    if (!own.rings) return;
    this.log.add({
      id: `${salonId} ${this.#now()}`,
      salonId,
      salonName: this.#chat.salon(salonId)?.name ?? '',
      callerName: null,
      at: this.#now(),
      kind: 'made',
      fresh: false,
    });
    const rung = await this.#chat.run('ring', {
      salonId,
      widgetId: own.widgetId,
      text: this.#ringText(),
    });
    if (rung.ok) own.ringId = rung.value.ringId;
    if (!this.#details.has(salonId)) this.#stopRingingOf(salonId, own);
  }

  #left(salonId: string): void {
    const own = this.#details.get(salonId);
    if (!own) return;
    this.#stopRinging(salonId);
    this.#details.delete(salonId);
    void this.#chat.run('setInCall', { salonId, widgetId: own.widgetId, inCall: false });
  }

  #stopRinging(salonId: string): void {
    const own = this.#details.get(salonId);
    if (own) this.#stopRingingOf(salonId, own);
  }

  #stopRingingOf(salonId: string, own: Own): void {
    if (own.ringId === null) return;
    void this.#chat.run('stopRinging', { salonId, ringId: own.ringId });
    own.ringId = null;
  }

  readonly #hear = (): void => {
    const now = this.#chat.ringing.get();
    for (const over of this.ringing.get())
      if (!now.some((ring) => ring.ringId === over.ringId)) this.#logRing(over, 'missed');
    this.ringing.set(now.filter((ring) => !this.#settled.has(ring.ringId)));
  };

  #settle(ring: Ringing, how: 'answered' | 'declined'): void {
    this.#settled.set(ring.ringId, how);
    this.ringing.update((rings) => rings.filter((each) => each.ringId !== ring.ringId));
    this.#logRing(ring, how);
  }

  #logRing(ring: Ringing, kind: 'answered' | 'declined' | 'missed'): void {
    const { salonId, salonName, callerName, ringId } = ring;
    this.log.add({
      id: ringId,
      salonId,
      salonName,
      callerName,
      at: this.#now(),
      kind,
      fresh: kind === 'missed',
    });
  }

  #setStarting(salonId: string, starting: boolean): void {
    const next = new Set(this.starting.get());
    if (starting) next.add(salonId);
    else next.delete(salonId);
    this.starting.set(next);
  }
}
