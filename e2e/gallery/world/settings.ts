import type { Settings, SettingsView } from '../../../preload/contract/settings.ts';

/** What a person sets, with nothing decided by others. */
export function usualSettings(theme: Settings['theme'], language: Settings['language']): SettingsView {
  return {
    values: {
      theme,
      language,
      notifications: true,
      doNotDisturbUntil: null,
      closeToTray: true,
      autostart: false,
      startMuted: false,
      spelling: 'both',
      downloadsAsk: true,
      downloadsFolder: null,
      pauseOnBattery: 'low',
      pauseOnMetered: true,
      uploadLimit: { kind: 'none' },
      downloadLimit: { kind: 'none' },
    },
    locked: [],
  };
}
