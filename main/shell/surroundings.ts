import { net, powerMonitor, session } from 'electron';
import type { Accounts } from '../accounts/accounts.ts';
import type { Conditions } from '../files/conditions.ts';
import type { Log } from '../log/log.ts';
import { hostAndPort, type ProxySignIn, withCredentials } from '../network/proxy-sign-in.ts';
import type { SettingsInForce } from '../policy/settings.ts';
import { RareQuestions } from '../surroundings/ask-system.ts';
import { isMetered } from '../surroundings/metered.ts';
import { powerNow } from '../surroundings/power.ts';
import { proxiesOf, proxyOf, rulesInTime } from '../surroundings/proxy.ts';
import { engineLimit } from '../surroundings/speed-limit.ts';
import { type Signs, SurroundingsWatch } from '../surroundings/surroundings.ts';
import type { Desktop } from './desktop.ts';

/** What the surroundings of the program are seen by. */
export interface SurroundingsParts {
  readonly desktop: Pick<Desktop, 'window' | 'lock'>;
  readonly settings: SettingsInForce;
  readonly accounts: Pick<Accounts, 'all' | 'onAnyChange'>;
  readonly proxies: Pick<ProxySignIn, 'known' | 'onChange'>;
  readonly log: Log;
}

/** How this computer stands and what is to follow from it, for the files. Lasts as long as the program. */
export function watchSurroundings(parts: SurroundingsParts): Conditions {
  const { settings, log } = parts;
  const { platform } = process;
  const questions = new RareQuestions();
  const listeners = new Set<() => void>();
  const rules = (): ReturnType<Conditions['rules']> => {
    const { pauseOnBattery, pauseOnMetered } = settings.view().values;
    return { pauseOnBattery, pauseOnMetered };
  };
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const watch = new SurroundingsWatch({
    signs: signsOf(parts),
    power: () =>
      powerNow({ platform, isOnBattery: () => powerMonitor.isOnBatteryPower(), ask: questions.ask }),
    isMetered: () => isMetered(platform, questions.ask),
    forget: () => questions.forget(),
    rules,
    tell,
    log,
  });
  settings.onChange(() => {
    tell();
    watch.look();
  });
  return {
    surroundings: () => watch.value,
    rules,
    limits: () => {
      const { uploadLimit, downloadLimit } = settings.view().values;
      return { up: engineLimit(uploadLimit), down: engineLimit(downloadLimit) };
    },
    onChange: (listener) => {
      listeners.add(listener);
    },
    close: () => watch.close(),
  };
}

function signsOf({ desktop, accounts, proxies }: SurroundingsParts): Signs {
  const { window, lock } = desktop;
  return {
    isSeen: () => !lock.isLocked() && !window.isDestroyed() && window.isVisible() && window.isFocused(),
    isOnline: () => net.isOnline(),
    proxies: () => {
      const servers = accounts.all().flatMap(({ filesAccess }) => filesAccess()?.serverUrl ?? []);
      return proxiesOf(servers, (url) => proxyWithSignIn(url, proxies));
    },
    onChange: (listener) => {
      const changed = (): void => listener('changed');
      const woke = (): void => listener('woke');
      proxies.onChange(changed);
      accounts.onAnyChange(changed);
      window.on('focus', changed);
      window.on('show', changed);
      powerMonitor.on('resume', woke);
      powerMonitor.on('on-ac', changed);
      powerMonitor.on('on-battery', changed);
      lock.onChange(changed);
    },
  };
}

/** Address of the HTTP proxy on the way to a server, with what to sign in there; nothing when none leads to it. */
export async function proxyWithSignIn(
  url: string,
  proxies: Pick<ProxySignIn, 'known'>,
): Promise<string | undefined> {
  const address = proxyOf(await rulesInTime(resolveProxy, url));
  return address && withCredentials(address, proxies.known(hostAndPort(address)));
}

const resolveProxy = (url: string): Promise<string> => session.defaultSession.resolveProxy(url);
