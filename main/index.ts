import { join } from 'node:path';
import { app, shell } from 'electron';
import { AccountBook, EMPTY_BOOK } from './accounts/account.ts';
import { Accounts } from './accounts/accounts.ts';
import { FilesSignIns } from './accounts/files-sign-in.ts';
import { accountHandlers } from './accounts/handlers.ts';
import { createSecretStore } from './accounts/secret-store.ts';
import { brandFolder } from './brand/choose.ts';
import { loadBrand } from './brand/load.ts';
import { createEvents } from './contract/events.ts';
import { type AllHandlers, createGate } from './contract/gate.ts';
import { refuseAll } from './contract/unready.ts';
import { OfferedFiles } from './files/offers.ts';
import { createFileLog } from './log/file-log.ts';
import { policyFile, readPolicy } from './policy/policy.ts';
import { ChosenSettings, createSettings, settingsHandlers } from './policy/settings.ts';
import { appHandlers } from './shell/app-domain.ts';
import { createCalls } from './shell/calls.ts';
import { systemCipher } from './shell/cipher.ts';
import { takeSingleInstance } from './shell/deep-links.ts';
import { showDesktop } from './shell/desktop.ts';
import { createDialogs } from './shell/dialogs.ts';
import { guardAllPages } from './shell/guards.ts';
import { nameProgram } from './shell/identity.ts';
import { deviceName, systemHttp, wipeAppStorage } from './shell/network.ts';
import { Notifications } from './shell/notifications.ts';
import { registerScheme } from './shell/scheme.ts';
import { FIRST_STATE, WindowState } from './shell/window-state.ts';
import { BridgedWindows, connectWire } from './shell/wire.ts';
import { keptFile } from './store/kept.ts';

const BUILT = join(import.meta.dirname, '..');
const BRANDS = join(BUILT, '../assets/brands');

const pack = loadBrand(brandFolder(process.env['TRABOULE_BRAND'], BRANDS, app.isPackaged));
nameProgram(pack.brand);
registerScheme();
const instance = takeSingleInstance(pack.brand.scheme);
if (instance.isFirst) void start();
else app.quit();

async function start(): Promise<void> {
  const data = app.getPath('userData');
  const log = createFileLog(join(data, 'logs', 'main.log'), !app.isPackaged);
  guardAllPages(log);
  const policy = await readPolicy(
    policyFile(process.platform, pack.brand.id, process.env['ProgramData']),
    log,
  );
  const chosen = await keptFile(join(data, 'settings.json'), ChosenSettings, {}, log);
  const windowState = await keptFile(join(data, 'window.json'), WindowState, FIRST_STATE, log);
  const book = await keptFile(join(data, 'accounts.json'), AccountBook, EMPTY_BOOK, log);
  const settings = createSettings(policy, pack.brand.settings, chosen);
  const windows = new BridgedWindows();
  const events = createEvents(windows.deliver, log, !app.isPackaged);
  settings.onChange((view) => events.send('settings', 'changed', view));
  const offered = new OfferedFiles();

  await app.whenReady();
  const http = systemHttp();
  const device = deviceName(pack.brand.productName);
  const secrets = createSecretStore(
    join(data, 'secrets'),
    await systemCipher(),
    policy.secretsWithoutKeyStore ?? 'memory',
    log,
  );
  const accounts = await Accounts.open({
    http,
    secrets,
    book,
    known: { policy: policy.servers ?? {}, brand: pack.brand.servers },
    deviceName: device,
    wipePage: wipeAppStorage,
    log,
  });
  accounts.onChange((state) => events.send('accounts', 'changed', state));
  const filesSignIns = new FilesSignIns({
    http,
    accounts,
    deviceName: device,
    openPage: (address) => shell.openExternal(address),
    tell: (step) => events.send('accounts', 'filesSignIn', step),
  });

  const desktop = showDesktop({
    pack,
    settings,
    events,
    windows,
    windowState,
    built: BUILT,
    chatServer: () => accounts.chatServer(),
    openFolder: () => undefined,
    log,
  });
  const notifications = new Notifications(desktop.texts, ({ id, salonId }, action) => {
    desktop.open();
    events.send('app', 'notificationUsed', { id, salonId, action });
  });
  const calls = createCalls({
    pack,
    policy,
    settings,
    events,
    windows,
    built: BUILT,
    http,
    openApp: desktop.open,
    log,
  });
  accounts.onChange(({ chat }) => {
    if (chat.status === 'none') calls.end();
  });
  let openSalon: string | null = null;
  instance.onOpen((salonId) => {
    desktop.open();
    if (salonId !== null) events.send('app', 'linkOpened', { salonId });
    openSalon = salonId;
  });
  const handlers = {
    app: appHandlers({
      pack,
      settings,
      window: desktop.window,
      tray: desktop.tray,
      notifications,
      dialogs: createDialogs(desktop.window, desktop.texts),
      texts: desktop.texts,
      log,
      takeOpenSalon: () => openSalon,
    }),
    settings: settingsHandlers(settings),
    accounts: accountHandlers(accounts, filesSignIns),
    ...calls.handlers,
  };
  connectWire(windows, createGate(withTheRest(handlers), log, !app.isPackaged), (paths) =>
    offered.offer(paths),
  );
}

function withTheRest(handlers: Omit<AllHandlers, 'salons' | 'files'>): AllHandlers {
  const rest = { salons: refuseAll('salons'), files: refuseAll('files') };
  // oxlint-disable-next-line no-unsafe-type-assertion -- until the rest of the house stands
  return { ...handlers, ...rest } as AllHandlers;
}
