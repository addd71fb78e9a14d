import type { PolicyValues } from '../policy/schema/table.ts';

/** How Chromium finds the way to a server; in the words of Electron's `session.setProxy`. */
export type ProxySettings =
  | { readonly mode: 'system' | 'direct' }
  | { readonly mode: 'pac_script'; readonly pacScript: string }
  | {
      readonly mode: 'fixed_servers';
      readonly proxyRules: string;
      readonly proxyBypassRules: string;
    };

type ProxyValues = Pick<PolicyValues, 'proxyMode' | 'proxyPac' | 'proxyServer' | 'proxyBypass'>;

/** What the policy decides about proxies. A mode whose address is missing leaves it to the system. */
export function proxySettings(values: ProxyValues): ProxySettings {
  const { proxyMode, proxyPac, proxyServer, proxyBypass } = values;
  switch (proxyMode) {
    case 'system':
    case 'direct':
      return { mode: proxyMode };
    case 'pac':
      return proxyPac === null ? { mode: 'system' } : { mode: 'pac_script', pacScript: proxyPac };
    case 'fixed':
      return proxyServer === null
        ? { mode: 'system' }
        : { mode: 'fixed_servers', proxyRules: proxyServer, proxyBypassRules: proxyBypass.join(',') };
  }
}
