import type { OcsData } from './ocs-reply.ts';
import { OcsError } from './ocs-reply.ts';
import type { OcsRequest } from './ocs-request.ts';

/** GET sharees: accounts and groups whose name contains the text (09/47, 09/48). */
export function searchSharees(request: OcsRequest): OcsData {
  const { fields } = request;
  if (!fields.has('itemType')) throw new OcsError(400, 'Missing itemType');
  const search = (fields.get('search') ?? '').toLowerCase();
  const users = matchingAccounts(request, search).map((account) => ({
    exact: [account.uid, account.displayName, account.email ?? ''].some(
      (text) => text.toLowerCase() === search,
    ),
    entry: {
      label: account.displayName,
      subline: '',
      icon: 'icon-user',
      value: { shareType: 0, shareWith: account.uid },
      shareWithDisplayNameUnique: account.email ?? account.uid,
      status: [],
    },
  }));
  const groups = [...request.standin.accounts.groups()]
    .filter((name) => name.toLowerCase().includes(search))
    .map((name) => ({
      exact: name.toLowerCase() === search,
      entry: { label: name, value: { shareType: 1, shareWith: name } },
    }));
  const pick = (list: readonly { exact: boolean; entry: OcsData }[], exact: boolean) =>
    list.filter((each) => each.exact === exact).map((each) => each.entry);
  const rest = { remotes: [], remote_groups: [], emails: [] };
  const others = { circles: [], rooms: [], deck: [] };
  return {
    exact: { users: pick(users, true), groups: pick(groups, true), ...rest, ...others },
    users: pick(users, false),
    groups: pick(groups, false),
    ...rest,
    lookup: [],
    ...others,
    lookupEnabled: true,
  };
}

/** GET core/autocomplete/get: the same search in the shape the web interface uses. */
export function autocomplete(request: OcsRequest): OcsData {
  const search = (request.fields.get('search') ?? '').toLowerCase();
  return matchingAccounts(request, search).map((account) => ({
    id: account.uid,
    label: account.displayName,
    icon: 'icon-user',
    source: 'users',
    status: [],
    subline: '',
    shareWithDisplayNameUnique: account.email ?? account.uid,
  }));
}

function matchingAccounts({ standin, caller, fields }: OcsRequest, search: string) {
  const limit = Number(fields.get('perPage') ?? fields.get('limit') ?? 200);
  return standin.accounts
    .all()
    .filter((account) => account.enabled && account.uid !== caller.account.uid)
    .filter((account) =>
      [account.uid, account.displayName, account.email ?? ''].some((text) =>
        text.toLowerCase().includes(search),
      ),
    )
    .slice(0, limit);
}
