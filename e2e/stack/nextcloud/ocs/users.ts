import type { Standin } from '../standin.ts';
import type { Account } from '../store/accounts.ts';
import type { OcsData } from './ocs-reply.ts';
import { OcsError } from './ocs-reply.ts';
import type { OcsRequest } from './ocs-request.ts';

/** What a disk is said to hold for accounts without a quota. */
const freeSpace = 78_559_592_448;

const personalFields = [
  'phone',
  'address',
  'website',
  'twitter',
  'organisation',
  'role',
  'headline',
  'biography',
];

/** GET cloud/user (01/06). */
export function currentUser({ standin, caller }: OcsRequest): OcsData {
  return fullUser(standin, caller.account);
}

/** GET cloud/users/{uid}: in full for oneself, the public part of others. */
export function userByUid({ standin, caller, params }: OcsRequest): OcsData {
  const account = standin.accounts.get(decodeURIComponent(params[0] ?? ''));
  if (!account) throw new OcsError(404, 'User does not exist');
  if (account.uid === caller.account.uid) return fullUser(standin, account);
  return {
    id: account.uid,
    enabled: account.enabled,
    'display-name': account.displayName,
    email: account.email,
  };
}

/** GET cloud/users: uids that contain the search text. */
export function listUsers({ standin, fields }: OcsRequest): OcsData {
  const search = (fields.get('search') ?? '').toLowerCase();
  const users = standin.accounts.all().map((account) => account.uid);
  return { users: users.filter((uid) => uid.toLowerCase().includes(search)) };
}

function fullUser(standin: Standin, account: Account): OcsData {
  const personal = personalFields.flatMap((name): [string, OcsData][] => [
    [name, ''],
    [`${name}Scope`, 'v2-local'],
  ]);
  return {
    storageLocation: `${standin.dataDir}/data/${account.uid}`,
    id: account.uid,
    lastLogin: Math.floor(account.lastLogin / 1000) * 1000,
    backend: 'Database',
    subadmin: [],
    quota: quotaOf(standin, account),
    avatarScope: 'v2-federated',
    email: account.email,
    emailScope: 'v2-federated',
    additional_mail: [],
    additional_mailScope: [],
    displaynameScope: 'v2-federated',
    ...Object.fromEntries(personal),
    profile_enabled: '1',
    profile_enabledScope: 'v2-local',
    groups: [...account.groups],
    language: 'en',
    locale: '',
    notify_email: null,
    backendCapabilities: { setDisplayName: true, setPassword: true },
    'display-name': account.displayName,
  };
}

function quotaOf(standin: Standin, account: Account): OcsData {
  const used = standin.tree.root(account.uid, 'files').size;
  const free = account.quota === null ? freeSpace : Math.max(0, account.quota - used);
  const total = used + free;
  const relative = total === 0 ? 0 : Math.round((used / total) * 10_000) / 100;
  return { free, used, total, relative, quota: account.quota ?? -3 };
}
