import { app, clipboard, systemPreferences } from 'electron';
import type { AppInfo, AppOffers } from '../../preload/contract/app.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { PartnerRule } from '../../preload/contract/partners.ts';
import type { BrandPack } from '../brand/load.ts';
import { brandView } from '../brand/view.ts';
import { AppError } from '../contract/app-error.ts';
import type { Events } from '../contract/events.ts';
import type { Log } from '../log/log.ts';
import type { PolicyInForce } from '../policy/in-force.ts';
import { mayNotify } from '../policy/quiet.ts';
import type { SettingsInForce } from '../policy/settings.ts';
import { allowedServices } from '../services/allowed.ts';
import { showBadge } from './badge.ts';
import type { Desktop } from './desktop.ts';
import { wantsReducedEffects } from './effects.ts';
import { openLink, type PageRules } from './guards.ts';
import { type Language, languageOf } from './texts.ts';

/** What the app domain works with. */
export interface AppDomainParts {
  readonly pack: BrandPack;
  readonly policy: PolicyInForce;
  readonly settings: SettingsInForce;
  readonly desktop: Desktop;
  readonly rules: PageRules;
  readonly events: Events;
  readonly log: Log;
}

const PLATFORMS: Readonly<Record<string, AppInfo['platform']>> = { win32: 'windows', darwin: 'macos' };

/** What policy or person chose to read, else what the system speaks. */
export function currentLanguage(settings: SettingsInForce): Language {
  return languageOf(settings.view().values.language, app.getLocale());
}

/** The program's own requests. */
export function appHandlers({
  pack,
  policy,
  settings,
  desktop,
  rules,
  events,
  log,
}: AppDomainParts): Handlers<'app'> {
  const { notifications, dialogs, texts } = desktop;
  const { brand } = pack;
  const shown = brandView(pack);
  const offers = (): AppOffers => ({
    cacheDays: policy.values.cacheDays,
    services: allowedServices(shown.services, policy.values.allowedServices),
  });
  policy.onChange(() => events.send('app', 'offersChanged', offers()));
  return {
    info: () => ({
      version: app.getVersion(),
      platform: PLATFORMS[process.platform] ?? 'linux',
      language: currentLanguage(settings),
      theme: settings.view().values.theme,
      reducedEffects: reducedEffects(),
      cacheDays: offers().cacheDays,
      brand: { ...shown, partners: partnerRule(policy), services: offers().services },
    }),
    takeOpening: desktop.takeOpening,
    openLink: async ({ url }) => {
      const done = await openLink(url, rules, log);
      if (done !== 'opened')
        throw new AppError(done === 'no-link' ? 'forbidden.link' : 'forbidden.link-host');
    },
    notify: (notification) => {
      if (!mayNotify(settings.view().values, Date.now())) return;
      notifications.show(notification);
    },
    closeNotification: ({ id }) => notifications.close(id),
    takeNotificationUses: notifications.takeUses,
    setUnread: ({ messages, mentions }) => {
      showBadge(desktop.window, mentions > 0 ? mentions : messages, brand.colours.light.accent, texts);
      desktop.showUnread(messages);
    },
    saveText: async ({ suggestedName, text }) => ({ saved: await dialogs.saveText(suggestedName, text) }),
    copyText: ({ text }) => clipboard.writeText(text),
    log: ({ level, event, details }) => log[level](`page.${event}`, details),
  };
}

/** How a partner is told from an agent. */
function partnerRule({ values: { agentServers, partnerUserNames } }: PolicyInForce): PartnerRule {
  return { agentServers: [...agentServers], partnerUserNames: [...partnerUserNames] };
}

/** Whether motion is left out on this machine. */
export function reducedEffects(): boolean {
  const { prefersReducedMotion } = systemPreferences.getAnimationSettings();
  return wantsReducedEffects({ prefersReducedMotion, env: process.env });
}
