import { expect, test } from 'vitest';
import { SystemPanel } from '../../preload/contract/diagnostics.ts';
import { systemPanelAddress } from './system-panels.ts';

test('every page of the settings has an address of the system’s own on Windows and macOS, and none on Linux', () => {
  for (const panel of SystemPanel.options) {
    expect(systemPanelAddress('win32', panel)).toMatch(/^ms-settings:[a-z-]+$/);
    expect(systemPanelAddress('darwin', panel)).toMatch(/^x-apple\.systempreferences:com\.apple\./);
    expect(systemPanelAddress('linux', panel)).toBeNull();
  }
});
