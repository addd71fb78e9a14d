import { spawn } from 'node:child_process';
import { app, type BrowserWindow } from 'electron';
import { bringToFront } from './app-window.ts';
import { startCommand } from './identity.ts';

/**
 * Brings the window to the front after somebody used a notice. Under Wayland a window comes by itself only with the token
 * that the desktop gave (xdg-activation); Electron takes none from a notice of ours, but that of a second start: so there is
 * one. Where that fails the window asks for a look, as without a token.
 */
export function comeForward(window: BrowserWindow, token: string | null): void {
  const without = (): void => bringToFront(window);
  if (token === null || !process.env['WAYLAND_DISPLAY']) {
    without();
    return;
  }
  const [program, ...before] = startCommand();
  const profile = app.commandLine.getSwitchValue('user-data-dir');
  const args = profile === '' ? before : [...before, `--user-data-dir=${profile}`];
  const env = { ...process.env, XDG_ACTIVATION_TOKEN: token };
  const start = spawn(program, args, { env, stdio: 'ignore' });
  start.once('error', without);
  start.once('exit', (code) => {
    if (code !== 0) without();
  });
}
