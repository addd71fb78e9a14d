import { splitUserId } from '../../preload/contract/partners.ts';
import type { NewMember, NotShared } from '../../preload/contract/salons.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { ocsHeaders, throwIfRefused } from '../accounts/nextcloud.ts';
import { AppError } from '../contract/app-error.ts';
import { ask } from '../http/answers.ts';
import type { Http, HttpAnswer } from '../http/http.ts';

/**
 * Permission bits of a share (Nextcloud: 1 read, 2 update, 4 create, 8 delete, 16 share). An agent may change everything
 * but not share it on; a partner reads and adds, so that nobody outside can change or remove what the agents wrote.
 */
const PERMISSIONS: Readonly<Record<NewMember['role'], number>> = { agent: 15, partner: 5 };
const AT_ONCE = 4;

/** How people of the chat are called at the file server. */
export interface NameMapping {
  /** `{localpart}` and `{server}` of the Matrix id. */
  readonly template: string;
  /** Server name of the person signed in. */
  readonly ownServer: string;
}

/**
 * The name at the file server, null when there can be none: a template without `{server}` speaks of people of the own
 * server only, or the same name elsewhere would be taken for them.
 */
export function fileUserOf(userId: string, { template, ownServer }: NameMapping): string | null {
  const [localpart, server] = splitUserId(userId);
  if (!template.includes('{server}') && server !== ownServer) return null;
  return template.replaceAll('{localpart}', localpart).replaceAll('{server}', server);
}

/**
 * Shares a folder, which is there and may be shared on, with each member; answers with whom it could not be.
 * Throws when the server can't be asked.
 */
export async function shareFolder(
  http: Http,
  access: FilesAccess,
  path: string,
  members: readonly NewMember[],
  mapping: NameMapping,
): Promise<NotShared[]> {
  const notShared: NotShared[] = [];
  const waiting = [...members];
  while (waiting.length > 0) {
    const batch = waiting.splice(0, AT_ONCE);
    const reasons = await Promise.all(batch.map((member) => shareWith(http, access, path, member, mapping)));
    for (const [n, reason] of reasons.entries()) {
      const userId = batch[n]?.userId;
      if (reason !== null && userId !== undefined) notShared.push({ userId, reason });
    }
  }
  return notShared;
}

async function shareWith(
  http: Http,
  access: FilesAccess,
  path: string,
  { userId, role }: NewMember,
  mapping: NameMapping,
): Promise<NotShared['reason'] | null> {
  const user = fileUserOf(userId, mapping);
  if (user === null) return 'no-file-account';
  if (user === access.userId) return null;
  const answer = await ask(http, 'files', {
    url: `${access.serverUrl}/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json`,
    method: 'POST',
    headers: { ...ocsHeaders(access), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      path,
      shareType: '0',
      shareWith: user,
      permissions: String(PERMISSIONS[role]),
    }).toString(),
  });
  return reasonOf(answer);
}

/**
 * An existing share is answered as a new one (09/05), an unknown user with 404 (09/07). The texts are in the language of
 * the account, so they tell nothing; that the folder is there and may be shared is known before.
 */
function reasonOf(answer: HttpAnswer): NotShared['reason'] | null {
  const { status } = answer;
  if (status === 200) return null;
  if (status === 404) return 'no-file-account';
  if (status === 403) return 'refused';
  throwIfRefused(answer);
  throw new AppError('refused.files', { status });
}
