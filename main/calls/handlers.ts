import type { CallContext } from '../../preload/contract/calls.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import type { CallDesk } from './call-desk.ts';
import { diagnoseConference, probeConference } from './conference-server.ts';
import type { ScreenChoice } from './screen-choice.ts';

/** What both sides of a call work with. */
export interface CallParts {
  readonly desk: CallDesk;
  readonly screens: ScreenChoice;
  /** Hosts that calls may go to: the policy's, else the brand's; the first is for new calls. */
  readonly domains: () => readonly string[];
  readonly http: Http;
  /** How the window shows itself, at the time it asks. */
  readonly look: () => Pick<
    CallContext,
    'language' | 'reducedEffects' | 'startMuted' | 'lobby' | 'videoHeight' | 'brand'
  >;
  /** Brings the app window with this salon to the front. */
  readonly showConversation: (salonId: string) => void;
}

/** Calls, as the app window asks for them. */
export function callHandlers({ desk, domains, http }: CallParts): Handlers<'calls'> {
  return {
    domains: () => [...domains()],
    probe: async ({ domain }, signal) => {
      if (!domains().includes(domain)) throw new AppError('forbidden.conference', { host: domain });
      return { auth: await probeConference(http, domain, signal) };
    },
    open: (start) => desk.open(start),
    connect: ({ salonId, ...place }) => desk.connect(salonId, place),
    leave: ({ salonId }) => desk.leave(salonId),
  };
}

/** A call, as its own window asks about it. */
export function callWindowHandlers(parts: CallParts): Handlers<'callWindow'> {
  const { desk, screens, http } = parts;
  return {
    context: () => ({ ...desk.start, ...parts.look() }),
    place: () => desk.place(),
    diagnose: (_request, signal) => diagnoseConference(http, desk.start.domain, signal),
    report: (phase) => desk.report(phase),
    showConversation: () => parts.showConversation(desk.start.salonId),
    setCompact: ({ compact }) => desk.setCompact(compact),
    close: () => desk.end(),
    chooseSource: ({ sourceId }) => screens.answer(sourceId),
  };
}
