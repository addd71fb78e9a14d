import { expect, test, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import type { TrayIcon } from './tray.ts';
import { TrayHolder } from './tray-holder.ts';

function iconOf(isThere = true) {
  return {
    isThere: () => isThere,
    renew: vi.fn<TrayIcon['renew']>(),
    refresh: vi.fn<TrayIcon['refresh']>(),
    retranslate: vi.fn<TrayIcon['retranslate']>(),
    showCall: vi.fn<TrayIcon['showCall']>(),
    showReach: vi.fn<TrayIcon['showReach']>(),
    showFiles: vi.fn<TrayIcon['showFiles']>(),
  } satisfies TrayIcon;
}
const holder = (hasPanel: boolean) => new TrayHolder(() => undefined, hasPanel, silentLog);

test('the icon is seen while a panel shows it, and not before it is there', () => {
  const tray = holder(false);
  tray.showPanel(true);
  expect(tray.isSeen).toBe(false);
  tray.take(iconOf());
  expect(tray.isSeen).toBe(true);
  tray.showPanel(false);
  expect(tray.isSeen).toBe(false);
});

test('where the system always has a place for icons it is seen, unless there was none for this one', () => {
  const [seen, unseen] = [holder(true), holder(true)];
  seen.take(iconOf());
  unseen.take(iconOf(false));
  expect([seen.isSeen, unseen.isSeen]).toEqual([true, false]);
});

test('a panel that comes after the icon is shown it once; later ones it finds by itself', () => {
  const tray = holder(false);
  const icon = iconOf();
  tray.take(icon);
  tray.showPanel(true);
  expect(icon.renew).toHaveBeenCalledOnce();
  tray.showPanel(false);
  tray.showPanel(true);
  expect(icon.renew).toHaveBeenCalledOnce();
});

test('an icon that comes after the panel is not shown twice', () => {
  const tray = holder(false);
  const icon = iconOf();
  tray.showPanel(true);
  tray.take(icon);
  tray.showPanel(false);
  tray.showPanel(true);
  expect(icon.renew).not.toHaveBeenCalled();
});

test('an icon that comes late says at once how things are', () => {
  const tray = holder(true);
  const icon = iconOf();
  tray.showCall(true);
  tray.showReach('silent');
  tray.take(icon);
  expect(icon.showCall).toHaveBeenCalledWith(true);
  expect(icon.showReach).toHaveBeenCalledWith('silent');
});
