import { join } from 'node:path';
import type { Handlers } from '../../preload/contract/index.ts';
import { address } from '../brand/drawing.ts';
import type { BrandPack } from '../brand/load.ts';
import { CallDesk } from '../calls/call-desk.ts';
import { callHandlers, callWindowHandlers } from '../calls/handlers.ts';
import { ScreenChoice } from '../calls/screen-choice.ts';
import type { Http } from '../http/http.ts';
import { currentLanguage, reducedEffects } from './app-domain.ts';
import { createCallDesktop } from './call-desktop.ts';
import type { Desktop } from './desktop.ts';
import type { Foundation } from './foundation.ts';

/** What calls are made from. */
export interface CallsParts {
  readonly pack: BrandPack;
  readonly base: Foundation;
  readonly desktop: Pick<Desktop, 'openSalon' | 'showCall' | 'downloads'>;
  /** The partition of the account that is shown. */
  readonly partition: () => string;
  /** Folder of the build. */
  readonly built: string;
  readonly http: Http;
}

/** Calls, as a whole: what the two pages may ask, and the way to end the one that goes on. */
export interface Calls {
  readonly handlers: { readonly calls: Handlers<'calls'>; readonly callWindow: Handlers<'callWindow'> };
  readonly end: () => void;
  readonly isOn: () => boolean;
}

/** Brings the desk of calls, their window and the contract together. Electron must be ready. */
export function createCalls(parts: CallsParts): Calls {
  const { pack, base, built, http } = parts;
  const { policy, settings, events, windows, log } = base;
  const domains = (): readonly string[] => policy.values.conferenceDomains;
  const screens = new ScreenChoice((sources) => events.send('callWindow', 'sourcesOffered', { sources }));
  const callDesktop = createCallDesktop({
    built,
    icon: join(pack.folder, 'icon.png'),
    paper: pack.brand.colours.dark.rail,
    windows,
    partition: parts.partition,
    downloads: parts.desktop.downloads,
    chooseScreen: (sources) => screens.ask(sources),
    log,
  });
  const desk = new CallDesk({
    desktop: callDesktop,
    domains,
    tell: (state) => {
      parts.desktop.showCall(state.phase.phase === 'joined');
      events.send('calls', 'changed', state);
    },
    press: (command) => events.send('callWindow', 'shortcut', { command }),
    ended: () => screens.answer(null),
    log,
  });
  const logo = address(pack.logoSvg);
  const look = () => ({
    language: currentLanguage(settings),
    reducedEffects: reducedEffects(),
    startMuted: settings.view().values.startMuted,
    lobby: policy.values.callLobby,
    videoHeight: Number(policy.values.callVideoHeight),
    brand: { productName: pack.brand.productName, logo, colours: pack.brand.colours },
  });
  const call = { desk, screens, domains, http, look, showConversation: parts.desktop.openSalon };
  return {
    handlers: { calls: callHandlers(call), callWindow: callWindowHandlers(call) },
    end: () => desk.end(),
    isOn: () => desk.isOn,
  };
}
