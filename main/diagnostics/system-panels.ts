import type { SystemPanel } from '../../preload/contract/diagnostics.ts';

/** Addresses of pages of the system's settings, as Microsoft (`ms-settings:`) and Apple name them. */
const PANELS: Readonly<Record<string, Readonly<Record<SystemPanel, string>>>> = {
  win32: {
    microphone: 'ms-settings:privacy-microphone',
    camera: 'ms-settings:privacy-webcam',
    clock: 'ms-settings:dateandtime',
    proxy: 'ms-settings:network-proxy',
    storage: 'ms-settings:storagesense',
  },
  darwin: {
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    clock: 'x-apple.systempreferences:com.apple.preference.datetime',
    proxy: 'x-apple.systempreferences:com.apple.preference.network',
    storage: 'x-apple.systempreferences:com.apple.settings.Storage',
  },
};

/** Where a page of the settings is on a system (Node's name of it); null on Linux, where desktops have no common ones. */
export function systemPanelAddress(platform: string, panel: SystemPanel): string | null {
  return PANELS[platform]?.[panel] ?? null;
}
