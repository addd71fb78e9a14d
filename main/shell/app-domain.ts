import { app, type BrowserWindow, clipboard, systemPreferences } from 'electron';
import type { AppInfo } from '../../preload/contract/app.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import { type BrandPack, brandView } from '../brand/load.ts';
import { AppError } from '../contract/app-error.ts';
import type { Log } from '../log/log.ts';
import { mayNotify } from '../policy/quiet.ts';
import type { SettingsInForce } from '../policy/settings.ts';
import { showBadge } from './badge.ts';
import type { Dialogs } from './dialogs.ts';
import { wantsReducedEffects } from './effects.ts';
import { openLink } from './guards.ts';
import type { Notifications } from './notifications.ts';
import { type Language, languageOf, type Texts } from './texts.ts';
import type { TrayIcon } from './tray.ts';

/** What the app domain works with. */
export interface AppDomainParts {
  readonly pack: BrandPack;
  readonly settings: SettingsInForce;
  readonly window: () => BrowserWindow;
  readonly tray: () => TrayIcon | null;
  readonly notifications: Notifications;
  readonly dialogs: Dialogs;
  readonly texts: Texts;
  readonly log: Log;
  /** The salon that a link named while no page was there; asking takes it. */
  readonly takeOpenSalon: () => string | null;
}

const PLATFORMS: Readonly<Record<string, AppInfo['platform']>> = { win32: 'windows', darwin: 'macos' };

/** The language in force. */
export function currentLanguage(settings: SettingsInForce): Language {
  return languageOf(settings.view().values.language, app.getLocale());
}

/** Whether motion is left out on this machine. */
export function reducedEffects(): boolean {
  const { prefersReducedMotion } = systemPreferences.getAnimationSettings();
  return wantsReducedEffects({ prefersReducedMotion, env: process.env });
}

/** The program's own requests. */
export function appHandlers(parts: AppDomainParts): Handlers<'app'> {
  const { pack, settings, notifications, dialogs, log } = parts;
  return {
    info: () => ({
      version: app.getVersion(),
      platform: PLATFORMS[process.platform] ?? 'linux',
      language: currentLanguage(settings),
      theme: settings.view().values.theme,
      reducedEffects: reducedEffects(),
      brand: brandView(pack),
      openSalon: parts.takeOpenSalon(),
    }),
    openLink: async ({ url }) => {
      if (!(await openLink(url, log))) throw new AppError('forbidden.link');
    },
    notify: (notification) => {
      if (mayNotify(settings.view().values, Date.now())) notifications.show(notification);
    },
    closeNotification: ({ id }) => notifications.close(id),
    setUnread: ({ messages, mentions }) => {
      showBadge(
        parts.window(),
        mentions > 0 ? mentions : messages,
        pack.brand.colours.light.accent,
        parts.texts,
      );
      parts.tray()?.refresh(messages);
    },
    saveText: async ({ suggestedName, text }) => ({ saved: await dialogs.saveText(suggestedName, text) }),
    copyText: ({ text }) => clipboard.writeText(text),
    log: ({ level, event, details }) => log[level](`page.${event}`, details),
  };
}
