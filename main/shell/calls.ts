import { join } from 'node:path';
import type { Handlers } from '../../preload/contract/index.ts';
import { address } from '../brand/drawing.ts';
import type { BrandPack } from '../brand/load.ts';
import { CallDesk } from '../calls/call-desk.ts';
import { callHandlers, callWindowHandlers } from '../calls/handlers.ts';
import { ScreenChoice } from '../calls/screen-choice.ts';
import type { Events } from '../contract/events.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import type { PolicyInForce } from '../policy/in-force.ts';
import type { SettingsInForce } from '../policy/settings.ts';
import { currentLanguage, reducedEffects } from './app-domain.ts';
import { createCallDesktop } from './call-desktop.ts';
import type { BridgedWindows } from './wire.ts';

/** What calls are made from. */
export interface CallsParts {
  readonly pack: BrandPack;
  readonly policy: PolicyInForce;
  readonly settings: SettingsInForce;
  readonly events: Events;
  readonly windows: BridgedWindows;
  /** Folder of the build. */
  readonly built: string;
  readonly http: Http;
  /** Brings the app window to the front. */
  readonly openApp: () => void;
  readonly log: Log;
}

/** Calls, as a whole: what the two pages may ask, and the way to end the one that goes on. */
export interface Calls {
  readonly handlers: { readonly calls: Handlers<'calls'>; readonly callWindow: Handlers<'callWindow'> };
  readonly end: () => void;
  readonly isOn: () => boolean;
}

/** Brings the desk of calls, their window and the contract together. Electron must be ready. */
export function createCalls(parts: CallsParts): Calls {
  const { pack, policy, settings, events, windows, built, http, log } = parts;
  const domains = (): readonly string[] => policy.values.conferenceDomains;
  const screens = new ScreenChoice((sources) => events.send('callWindow', 'sourcesOffered', { sources }));
  const desktop = createCallDesktop({
    built,
    icon: join(pack.folder, 'icon.png'),
    paper: pack.brand.colours.dark.rail,
    windows,
    chooseScreen: (sources) => screens.ask(sources),
    log,
  });
  const desk = new CallDesk({
    desktop,
    domains,
    tell: (state) => events.send('calls', 'changed', state),
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
  const showConversation = (salonId: string): void => {
    parts.openApp();
    events.send('app', 'linkOpened', { salonId });
  };
  const call = { desk, screens, domains, http, look, showConversation };
  return {
    handlers: { calls: callHandlers(call), callWindow: callWindowHandlers(call) },
    end: () => desk.end(),
    isOn: () => desk.isOn,
  };
}
