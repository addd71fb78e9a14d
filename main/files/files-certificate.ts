import type { FilesAccess } from '../accounts/accounts.ts';
import type { PolicyValues } from '../policy/schema/table.ts';
import { fromHome } from '../policy/suggested-place.ts';
import type { ClientCertificate } from '../sync/api.ts';
import { type CertificateFault, readCertificate } from '../sync/remote/client-certificate.ts';
import type { PairConfig } from './protocol.ts';

/** The certificate that the policy names for the file server, in the home of the person; null when it names none. */
export function filesCertificate(values: PolicyValues, home: string): ClientCertificate | null {
  const { filesCertificate: file, filesCertificateKey: key, filesCertificatePassphrase: secret } = values;
  if (file === null) return null;
  return {
    file: fromHome(file, home),
    ...(key === null ? {} : { keyFile: fromHome(key, home) }),
    ...(secret === null ? {} : { passphraseFile: fromHome(secret, home) }),
  };
}

/** The server of a pair, and what it is shown: nothing for null. */
export function remoteOf(
  { serverUrl: url, userId: user, loginName, appPassword: password }: FilesAccess,
  rootPath: string,
  certificate: ClientCertificate | null,
): PairConfig['remote'] {
  const remote = { url, user, loginName, password, rootPath };
  return certificate === null ? remote : { ...remote, certificate };
}

/** What keeps a certificate from being shown. */
export interface FaultyCertificate {
  readonly fault: CertificateFault;
  /** The file that it is about. */
  readonly file: string;
}

/** What is wrong with it now (ms since 1970); null for nothing. */
export async function faultOfCertificate(
  certificate: ClientCertificate,
  now: number,
): Promise<FaultyCertificate | null> {
  const held = await readCertificate(certificate, now);
  return held.kind === 'held' ? null : { fault: held.fault, file: held.file };
}
