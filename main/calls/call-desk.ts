import type { CallCommand, CallRequest, CallState } from '../../preload/contract/calls.ts';
import { AppError } from '../contract/app-error.ts';
import type { Log } from '../log/log.ts';
import type { CallDesktop, CallWindow } from './call-desktop.ts';

type Phase = CallState['phase'];

/** What the desk works with. */
export interface CallDeskParts {
  readonly desktop: CallDesktop;
  /** Hosts that calls may go to. */
  readonly domains: readonly string[];
  /** Tells the app window how a call is. */
  readonly tell: (state: CallState) => void;
  /** Passes a key on to the call window. */
  readonly press: (command: CallCommand) => void;
  /** A call ended: what was asked of the person in its window needs no answer any more. */
  readonly ended: () => void;
  readonly log: Log;
}

interface OpenCall {
  readonly request: CallRequest;
  readonly window: CallWindow;
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

  /** The request of the call that is open. Throws `cancelled.request` when there is none any more. */
  get request(): CallRequest {
    return this.#current().request;
  }

  /**
   * Opens the call's window, or brings it to the front when it is this salon's already.
   * Throws `forbidden.conference` for a domain that is neither the brand's nor the policy's.
   */
  open(request: CallRequest): void {
    const { domain } = request.conference;
    if (!this.#parts.domains.includes(domain)) throw new AppError('forbidden.conference', { host: domain });
    if (this.#call?.request.salonId === request.salonId) return this.#call.window.bringToFront();
    this.end();
    const { desktop, press, log } = this.#parts;
    const listener = {
      closed: () => this.#forget(call),
      crashed: (reason: string) => {
        log.error('call.crashed', { reason });
        if (this.#call === call) this.end();
      },
      pressed: press,
    };
    const window = desktop.open({ domain, title: request.salonName }, listener);
    const call: OpenCall = { request, window, phase: 'joining', letSleep: null };
    this.#call = call;
    log.info('call.opened', { auth: request.conference.auth });
    this.#tell(call, { phase: 'joining' });
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
    if (this.#call?.request.salonId === salonId) this.end();
  }

  /** Ends the call, whichever it is. */
  end(): void {
    const call = this.#call;
    if (!call) return;
    this.#forget(call);
    call.window.close();
  }

  #current(): OpenCall {
    if (!this.#call) throw new AppError('cancelled.request');
    return this.#call;
  }

  /** The call is over; the app window hears it once. */
  #forget(call: OpenCall): void {
    if (this.#call !== call) return;
    this.#call = null;
    release(call);
    this.#parts.ended();
    this.#parts.log.info('call.ended', { phase: call.phase });
    if (call.phase !== 'left') this.#tell(call, { phase: 'left' });
  }

  #tell(call: OpenCall, phase: Phase): void {
    call.phase = phase.phase;
    this.#parts.tell({ salonId: call.request.salonId, phase });
  }
}

function release(call: OpenCall): void {
  call.letSleep?.();
  call.letSleep = null;
}
