import type { CallCommand, CallPlace, CallStart, CallState } from '../../preload/contract/calls.ts';
import { AppError } from '../contract/app-error.ts';
import type { Log } from '../log/log.ts';
import type { CallDesktop, CallWindow } from './call-desktop.ts';

type Phase = CallState['phase'];

/** What the desk works with. */
export interface CallDeskParts {
  readonly desktop: CallDesktop;
  /** Hosts that calls may go to; the first is for new calls. */
  readonly domains: () => readonly string[];
  /** Tells the app window how a call is. */
  readonly tell: (state: CallState) => void;
  /** Passes a key on to the call window. */
  readonly press: (command: CallCommand) => void;
  /** A call ended: what was asked of the person in its window needs no answer any more. */
  readonly ended: () => void;
  readonly log: Log;
}

/** A call's start with the domain it goes to. */
export type KnownStart = CallStart & { readonly domain: string };

interface OpenCall {
  readonly start: KnownStart;
  window: CallWindow;
  /** Null when the call ended before anyone knew where it is. */
  readonly place: PromiseWithResolvers<CallPlace | null>;
  phase: Phase['phase'];
  letSleep: (() => void) | null;
}

/**
 * The call this person is in. There is one at a time, whatever the salon: a second one would send the same voice to
 * both, so that opening another salon's call leaves the first.
 */
export class CallDesk {
  readonly #parts: CallDeskParts;
  #call: OpenCall | null = null;

  constructor(parts: CallDeskParts) {
    this.#parts = parts;
  }

  /** Whether a call goes on. */
  get isOn(): boolean {
    return this.#call !== null;
  }

  /** The call that is open. Throws `cancelled.request` when there is none any more. */
  get start(): KnownStart {
    return this.#current().start;
  }

  /**
   * Opens the call's window, or brings it to the front when it is this salon's already; answers which.
   * Throws `forbidden.conference` for a domain that is neither the brand's nor the policy's.
   */
  open(start: CallStart): { readonly isNew: boolean } {
    const domain = this.#allowed(start.domain ?? this.#parts.domains()[0]);
    if (this.#call?.start.salonId === start.salonId) {
      this.#call.window.bringToFront();
      return { isNew: false };
    }
    this.end();
    const known = { ...start, domain };
    const call: OpenCall = {
      start: known,
      window: this.#openWindow(known),
      place: Promise.withResolvers(),
      phase: 'joining',
      letSleep: null,
    };
    this.#call = call;
    this.#parts.log.info('call.opened');
    this.#tell(call, { phase: 'joining' });
    return { isNew: true };
  }

  /**
   * Tells the open window where its call is. Throws `cancelled.request` when the person closed it meanwhile. When
   * somebody else's call at another domain came first, the window is opened again for that one: a page's policy holds
   * for one domain.
   */
  connect(salonId: string, place: CallPlace): void {
    const domain = this.#allowed(place.conference.domain);
    const call = this.#current();
    if (call.start.salonId !== salonId) throw new AppError('cancelled.request');
    if (call.start.domain !== domain) {
      const moved = { ...call, start: { ...call.start, domain } };
      this.#call = moved;
      call.window.close();
      moved.window = this.#openWindow(moved.start);
    }
    call.place.resolve(place);
  }

  /** Waits until it is known where the call is. Throws `cancelled.request` when it ends before. */
  async place(): Promise<CallPlace> {
    const place = await this.#current().place.promise;
    if (!place) throw new AppError('cancelled.request');
    return place;
  }

  /** Takes what the call window tells of the call, and passes it on. The screen stays on while in the conference. */
  report(phase: Phase): void {
    const call = this.#current();
    this.#tell(call, phase);
    if (phase.phase === 'joined') call.letSleep ??= this.#parts.desktop.keepAwake();
    else release(call);
  }

  /** Makes the window small, or gives it back its size. */
  setCompact(compact: boolean): void {
    this.#current().window.setCompact(compact);
  }

  /** Leaves a salon's call; nothing when it is not open. */
  leave(salonId: string): void {
    if (this.#call?.start.salonId === salonId) this.end();
  }

  /** Ends the call, whichever it is. */
  end(): void {
    const window = this.#call?.window;
    this.#forget();
    window?.close();
  }

  #allowed(domain: string | undefined): string {
    if (domain !== undefined && this.#parts.domains().includes(domain)) return domain;
    throw new AppError('forbidden.conference', { host: domain ?? '' });
  }

  #openWindow(start: KnownStart): CallWindow {
    const { desktop, press, log } = this.#parts;
    return desktop.open(
      { domain: start.domain, title: start.salonName },
      {
        closed: () => this.#forget(),
        crashed: (reason) => {
          log.error('call.crashed', { reason });
          this.end();
        },
        pressed: press,
      },
    );
  }

  #current(): OpenCall {
    if (!this.#call) throw new AppError('cancelled.request');
    return this.#call;
  }

  /** The call is over; the app window hears it once. */
  #forget(): void {
    const call = this.#call;
    if (!call) return;
    this.#call = null;
    release(call);
    call.place.resolve(null);
    this.#parts.ended();
    this.#parts.log.info('call.ended', { phase: call.phase });
    if (call.phase !== 'left') this.#tell(call, { phase: 'left' });
  }

  #tell(call: OpenCall, phase: Phase): void {
    call.phase = phase.phase;
    this.#parts.tell({ salonId: call.start.salonId, phase });
  }
}

function release(call: OpenCall): void {
  call.letSleep?.();
  call.letSleep = null;
}
