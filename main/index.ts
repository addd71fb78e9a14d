import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, Menu, shell } from 'electron';
import type { Accounts } from './accounts/accounts.ts';
import { openAccounts } from './accounts/accounts-domain.ts';
import type { KnownServers } from './accounts/discover.ts';
import type { ReturnWords } from './accounts/return-address.ts';
import { brandInUse } from './brand/choose.ts';
import type { BrandPack } from './brand/load.ts';
import { AppError } from './contract/app-error.ts';
import { createGate, type Gate } from './contract/gate.ts';
import { certifiedHttp } from './files/certified-http.ts';
import { takesElision } from './files/conflict-labels.ts';
import { filesCertificate } from './files/files-certificate.ts';
import { type FilesDomain, openFiles } from './files/files-domain.ts';
import { OfferedFiles } from './files/offers.ts';
import { trustedAuthorities } from './files/trust-authorities.ts';
import type { Http } from './http/http.ts';
import type { Log } from './log/log.ts';
import { networkHandlers } from './network/handlers.ts';
import { decidedSettings } from './policy/decided.ts';
import { foldersDecidedBy } from './policy/folders-decided.ts';
import type { PolicyInForce } from './policy/in-force.ts';
import { settingsHandlers } from './policy/settings.ts';
import { suggestedPlace } from './policy/suggested-place.ts';
import { appHandlers, currentLanguage } from './shell/app-domain.ts';
import { type Calls, createCalls } from './shell/calls.ts';
import { systemCipher } from './shell/cipher.ts';
import { comeBack } from './shell/come-back.ts';
import { type Desktop, showDesktop } from './shell/desktop.ts';
import { noteCrashes, openDiagnostics } from './shell/diagnostics.ts';
import { endInOrder } from './shell/ending.ts';
import { explainFatal, refuseForeignProfile, stopWhenFatal } from './shell/fatal.ts';
import { fileDesktop } from './shell/file-desktop.ts';
import { type Foundation, layFoundation } from './shell/foundation.ts';
import { nameForPeople, nameProgram } from './shell/identity.ts';
import { deviceName, openNetwork, partitionsOf, watchReach, wipePage, wipeVisited } from './shell/network.ts';
import { printPolicyReport, wantsPolicyReport } from './shell/policy-report.ts';
import { isRemoteSession } from './shell/remote-session.ts';
import { registerScheme } from './shell/scheme.ts';
import { createServices } from './shell/services.ts';
import { type Instance, takeSingleInstance } from './shell/single-instance.ts';
import { proxyWithSignIn, watchSurroundings } from './shell/surroundings.ts';
import { spawnSyncProcess } from './shell/sync-child.ts';
import { createUpdates } from './shell/updates.ts';
import { connectWire } from './shell/wire.ts';

const BUILT = join(import.meta.dirname, '..');
const BRAND = join(BUILT, 'brand');

stopWhenFatal(() => {
  const pack = brandInUse(process.env['TRABOULE_BRAND'], BRAND, app.isPackaged);
  nameProgram(pack.brand);
  if (wantsPolicyReport(process.argv)) {
    printPolicyReport(pack.brand, process.argv).catch(explainFatal);
    return;
  }
  // There, pictures are drawn to be sent: a graphics card adds delays and, on servers that share one, faults.
  if (isRemoteSession(process.env)) app.disableHardwareAcceleration();
  refuseForeignProfile();
  registerScheme();
  Menu.setApplicationMenu(null); // until ours is there: Electron's own is English and could load the page again
  const instance = takeSingleInstance(pack.brand.scheme);
  if (instance.isFirst) start(pack, instance).catch(explainFatal);
  else app.quit();
});

/** From nothing to the window: what is read first, the desktop, then the domains behind the gate. */
async function start(pack: BrandPack, instance: Instance): Promise<void> {
  const base = await layFoundation(pack);
  const offered = new OfferedFiles();
  await app.whenReady();
  nameForPeople(pack.brand);
  const desktop = showDesktop({ pack, base, built: BUILT, instance });
  noteCrashes(base, desktop.window);
  const gate = openDomains(pack, base, desktop, offered);
  connectWire(base.windows, gate, (paths) => offered.offer(paths));
  await gate;
}

/** Words in the name of the copy of a conflict, also of one that somebody known made. */
function conflictLabels({ texts }: Desktop) {
  return {
    conflictLabel: () => texts('conflict.label'),
    conflictLabelOf: (name: string) =>
      texts(takesElision(name) ? 'conflict.labelOfVowel' : 'conflict.labelOf', { name }),
  };
}

/** What the browser shows a person whom it brought back. */
function returnWords({ texts }: Desktop, { settings }: Foundation): ReturnWords {
  return {
    language: currentLanguage(settings),
    title: texts('return.title'),
    text: texts('return.text'),
  };
}

/** Who knows about servers, asked anew each time: the policy may change meanwhile. */
function knownServers(policy: PolicyInForce, { brand }: BrandPack): KnownServers {
  return {
    get policy() {
      const { chatServer, filesServer, allowedServers, mayChangeServers, passwordSignIn } = policy.values;
      const servers = { chat: chatServer, files: filesServer, allowed: allowedServers };
      return { ...servers, mayChange: mayChangeServers, passwordSignIn };
    },
    brand: brand.servers,
  };
}

/** The file servers that policy or brand names: they may be shown a certificate before anybody signed in. */
function decidedFilesServers({ values }: PolicyInForce, { brand }: BrandPack): readonly string[] {
  return [values.filesServer, brand.servers.files].flatMap((server) => server ?? []);
}

/** The way to all servers, on which file servers are shown the certificate of the policy. */
async function openHttp(base: Foundation, pack: BrandPack) {
  const { policy, log } = base;
  const { proxies, http: plain } = await openNetwork(base);
  const servers = [() => decidedFilesServers(policy, pack)];
  const certificate = () => filesCertificate(policy.values, homedir());
  const http = certifiedHttp({
    plain,
    certificate,
    servers: () => servers.flatMap((some) => some()),
    proxyFor: (url) => proxyWithSignIn(url, proxies),
    trusted: () => trustedAuthorities(policy.values.certificateAuthorities, log),
  });
  const showItTo = (others: () => readonly string[]): void => void servers.push(others);
  return { proxies, http, certificate, showItTo };
}

/** Every domain of the contract, put together. */
async function openDomains(
  pack: BrandPack,
  base: Foundation,
  desktop: Desktop,
  offered: OfferedFiles,
): Promise<Gate> {
  const { data, events, log, policy, settings } = base;
  const { proxies, http, certificate, showItTo } = await openHttp(base, pack);
  const { accounts, handlers: accountHandlers } = await openAllAccounts(pack, base, desktop, http, {
    isInCall: () => calls.isOn(),
    keepsFolderOf: (accountId, salonId) => files.keepsFolderOf(accountId, salonId),
  });
  showItTo(accounts.filesServers);
  const files: FilesDomain = await openFiles({
    data,
    conditions: watchSurroundings({ desktop, settings, accounts, proxies, log }),
    accounts,
    http,
    events,
    offered,
    spawn: () => spawnSyncProcess(join(BUILT, 'main/sync-process.js'), policy.values.certificateAuthorities),
    calm: desktop.calm,
    desktop: fileDesktop(desktop.window.webContents, desktop.icon),
    showOverview: desktop.showFiles,
    dialogs: desktop.dialogs,
    suggestedPlace: () => suggestedPlace(policy.values.folderPlace, homedir(), pack.brand.folderName),
    fileUserName: policy.values.fileUserName,
    decided: () => foldersDecidedBy(policy.values),
    certificate,
    ...conflictLabels(desktop),
    log,
  });
  desktop.onFolders(files);

  const partitions = () => partitionsOf(accounts.state().stores);
  const calls: Calls = createCalls({
    pack,
    base,
    desktop,
    partition: () => partitions().calls,
    built: BUILT,
    http,
  });
  const services = createServices(pack, base, desktop, () => partitions().services);
  endWithSession(accounts, [() => calls.end(), () => services.end(), desktop.forget]);
  const updates = createUpdates({ pack, base, isInCall: calls.isOn, calm: desktop.calm });
  endInOrder([files.close, base.windowState.settled, base.close, updates.close, desktop.close], log);

  const handlers = {
    app: appHandlers({ pack, policy, settings, desktop, rules: base.rules, events, log }),
    settings: settingsHandlers(settings, () => decidedSettings(policy, currentLanguage(settings))),
    accounts: accountHandlers,
    diagnostics: openDiagnostics({ base, desktop, http, accounts, place: files.place }),
    network: networkHandlers(base.network, watchReach(base, desktop, accounts, http)),
    ...files.handlers,
    ...calls.handlers,
    services: services.handlers,
    downloads: desktop.downloads.handlers(desktop.dialogs),
    updates: updates.handlers,
  };
  return createGate(handlers, log);
}

/** What accounts ask of what is there only later. */
interface AskedOfOthers {
  readonly isInCall: () => boolean;
  readonly keepsFolderOf: (accountId: string, salonId: string) => boolean;
}

/** The accounts of this PC; the page follows which of them is shown. */
async function openAllAccounts(
  pack: BrandPack,
  base: Foundation,
  desktop: Desktop,
  http: Http,
  { isInCall, keepsFolderOf }: AskedOfOthers,
): ReturnType<typeof openAccounts> {
  const { data, events, policy, log } = base;
  const opened = await openAccounts({
    data,
    http,
    events,
    cipher: systemCipher,
    withoutKeyStore: policy.values.secretsWithoutKeyStore,
    known: knownServers(policy, pack),
    mayAdd: () => policy.values.mayAddAccount,
    deviceName: deviceName(pack.brand.productName),
    openPage: (address) => shell.openExternal(address),
    returnWords: () => returnWords(desktop, base),
    cameBack: () => {
      if (!isInCall()) comeBack(desktop.window);
    },
    wipePage,
    wipeVisited,
    throwUnlessMayLeave: () => {
      if (isInCall()) throw new AppError('in-use.call');
    },
    openNext: desktop.openNext,
    keepsFolderOf,
    log,
  });
  const { accounts } = opened;
  desktop.serveWorkersFor(() => accounts.chatServer());
  desktop.actFor(() => accounts.state().id);
  followDownloads(desktop, accounts, log);
  policy.onChange(() => events.send('accounts', 'listChanged', accounts.list()));
  accounts.onVisit(desktop.startPageAnew);
  return opened;
}

/** Downloads go on while another account is shown; those of one that is signed out of end. */
function followDownloads({ downloads, calm }: Desktop, accounts: Accounts, log: Log): void {
  accounts.onAnyChange((id) => {
    if (!accounts.all().some((account) => account.id === id)) downloads.clear(id);
  });
  calm.then(downloads.takeUp).catch((error: unknown) => log.error('download.left-behind', {}, error));
}

/** What ends once nobody is signed in any more, or another account is shown. */
function endWithSession(accounts: Accounts, ends: readonly (() => void)[]): void {
  accounts.onVisit(() => {
    for (const end of ends) end();
  });
  accounts.onChange(({ chat }) => {
    if (chat.status === 'none') for (const end of ends) end();
  });
}
