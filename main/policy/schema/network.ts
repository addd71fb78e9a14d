import { z } from 'zod';
import { namesNobody } from '../../../preload/contract/values.ts';
import { PLACE } from './folders.ts';
import { choice, type Facts, flag, list, maybeText } from './setting.ts';

const NETWORK = {
  category: 'network',
  scope: 'both',
  since: '0.1.0',
  readBy: 'main/network/',
} as const satisfies Facts;

const FILES_CERTIFICATE = { ...NETWORK, readBy: 'main/files/files-certificate.ts' } as const;

/** A host, or all below one: `*.metropole.example`. */
export const HostPattern = z
  .string()
  .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i)
  .max(253);
const PacUrl = z
  .url({ protocol: /^(https?|file)$/ })
  .max(500)
  .refine(namesNobody);
/** Proxies as Chromium reads them: `proxy.metropole.example:3128`, `https=proxy.example:443;http=proxy.example:80`. */
const ProxyRules = z
  .string()
  .regex(/^[\w.:;=/,[\]-]+$/)
  .max(500);

/** How servers are reached, and whom the program trusts. */
export const networkSettings = {
  proxyMode: choice(['system', 'direct', 'pac', 'fixed'], 'system', NETWORK),
  /** For the mode `pac`. */
  proxyPac: maybeText({ type: PacUrl, maxLength: 500 }, NETWORK),
  /** For the mode `fixed`. */
  proxyServer: maybeText({ type: ProxyRules, maxLength: 500 }, NETWORK),
  /** Hosts that are reached without the proxy of the mode `fixed`. */
  proxyBypass: list(
    z
      .string()
      .regex(/^[\w.*:/<>[\]-]+$/)
      .max(253),
    200,
    [],
    NETWORK,
  ),
  /** Whether a person's password for a proxy may be kept in the system's key store. */
  rememberProxyPassword: flag(true, { ...NETWORK, readBy: 'main/shell/' }),
  /** Servers and proxies that Windows or Kerberos sign-in is offered to. */
  negotiateServers: list(HostPattern, 100, [], NETWORK),
  /** Those of them that may act in the person's name elsewhere. */
  delegateServers: list(HostPattern, 100, [], NETWORK),
  /** Servers of calls and services whose pages may ask the person for a name and password (HTTP basic, over TLS only). */
  basicServers: list(HostPattern, 100, [], { ...NETWORK, readBy: 'main/shell/' }),
  /** PEM files of authorities that are trusted beside the system's. */
  certificateAuthorities: list(z.string().min(1).max(1000), 50, [], {
    ...NETWORK,
    scope: 'machine',
    readBy: 'main/shell/',
  }),
  /** What is answered to a server that asks for a certificate: the person's choice, the only one that fits, none. */
  clientCertificate: choice(['ask', 'automatic', 'never'], 'ask', { ...NETWORK, readBy: 'main/shell/' }),
  /** The certificate (PKCS #12, or PEM) that the file server is shown when it asks for one, `~` being the person's home. */
  filesCertificate: maybeText(PLACE, FILES_CERTIFICATE),
  /** Its key, where that is in another file (PEM). */
  filesCertificateKey: maybeText(PLACE, FILES_CERTIFICATE),
  /** The file whose first line is what the key is locked with: no secret stands in a policy, which everybody reads. */
  filesCertificatePassphrase: maybeText(PLACE, FILES_CERTIFICATE),
} as const;
