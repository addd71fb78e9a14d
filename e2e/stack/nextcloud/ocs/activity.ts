import { createHash } from 'node:crypto';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import type { Activity } from '../store/activities.ts';
import type { StoredNode } from '../store/nodes.ts';
import { isWithin, namesOf, rootOf } from '../store/nodes.ts';
import type { OcsData } from './ocs-reply.ts';
import { replyCsrf, replyOcs } from './ocs-reply.ts';

/**
 * GET apps/activity/api/v2/activity/filter?object_type=files&object_id=&limit=: who wrote a file, newest first (10/33).
 * With nothing to tell, or of a file that the caller can't see, the real app answers 304.
 */
export function replyActivity(standin: Standin, exchange: Exchange, caller: Caller): void {
  if (header(exchange, 'ocs-apirequest') === undefined) return replyCsrf(exchange);
  const { uid } = caller.account;
  const node = standin.tree.byId(Number(exchange.query.get('object_id')));
  const path = node && pathFor(standin, uid, node);
  const limit = Number(exchange.query.get('limit') ?? 50);
  const found = node && path ? standin.activities.of(node.id, limit) : [];
  const last = found.at(-1);
  if (!path || !last) return reply(exchange, 304, { 'X-Activity-Last-Given': '0' });
  const etag = createHash('md5')
    .update(JSON.stringify(found.map(({ id }) => id)))
    .digest('hex');
  replyOcs(
    exchange,
    found.map((activity) => describe(standin, exchange, uid, path, activity)),
    {
      'X-Activity-First-Known': String(found[0]?.id),
      'X-Activity-Last-Given': String(last.id),
      ETag: etag,
    },
  );
}

/** Where an account has a file; null when it has no right to see it. */
function pathFor(standin: Standin, uid: string, node: StoredNode): string | null {
  const { owner, area } = rootOf(node);
  if (area !== 'files') return null;
  if (owner === uid) return `/${namesOf(node).join('/')}`;
  const mount = [...standin.shares.mountsOf(uid).values()].find((each) => isWithin(node, each.node));
  if (!mount) return null;
  return [mount.target, ...namesOf(node).slice(namesOf(mount.node).length)].join('/');
}

function describe(
  standin: Standin,
  exchange: Exchange,
  uid: string,
  path: string,
  activity: Activity,
): OcsData {
  const [verb, icon] = activity.type === 'file_created' ? ['created', 'add-color'] : ['changed', 'change'];
  const shown = path.slice(1);
  const file = {
    type: 'file',
    id: String(activity.node),
    name: shown.slice(shown.lastIndexOf('/') + 1),
    path: shown,
    link: `${exchange.origin}/index.php/f/${activity.node}`,
  };
  const name = standin.accounts.get(activity.uid)?.displayName ?? activity.uid;
  const isOwn = activity.uid === uid;
  return {
    activity_id: activity.id,
    app: 'files',
    type: activity.type,
    user: activity.uid,
    subject: `${isOwn ? 'You' : name} ${verb} ${shown}`,
    subject_rich: isOwn
      ? [`You ${verb} {file}`, { file }]
      : [
          activity.uid === '' ? `"remote user" ${verb} {file}` : `{user} ${verb} {file}`,
          { file, ...(activity.uid === '' ? {} : { user: { type: 'user', id: activity.uid, name } }) },
        ],
    message: '',
    message_rich: ['', []],
    object_type: 'files',
    object_id: activity.node,
    object_name: path,
    objects: { [activity.node]: path },
    link: `${exchange.origin}/index.php/apps/files/?dir=${path.slice(0, path.lastIndexOf('/')) || '/'}`,
    icon: `${exchange.origin}/apps/files/img/${icon}.svg`,
    datetime: new Date(activity.time * 1000).toISOString().replace('.000Z', '+00:00'),
  };
}
