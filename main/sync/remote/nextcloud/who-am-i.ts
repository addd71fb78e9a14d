import { RemoteFailure } from '../../model/failures.ts';
import { freeLine, type Line } from '../../ports/line.ts';
import { askOcs, type OcsAccount, property } from './ocs.ts';

/**
 * The uid that an account's WebDAV address has, which is not always the name that one signs in with (OCS
 * `cloud/user`, recorded: 01). Fails as a RemoteFailure: `unauthorised`, `unreachable`, `notAServer` and so on.
 */
export async function whoAmI(
  account: OcsAccount,
  signal: AbortSignal,
  line: Line = freeLine,
): Promise<string> {
  const uid = property(await askOcs(account, 'cloud/user', signal, line), 'id');
  if (typeof uid === 'string' && uid !== '') return uid;
  throw new RemoteFailure('notAServer', { what: 'no user id' });
}
