import { readBody } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { setEtag } from '../store/etags.ts';
import { encodeHref } from '../store/names.ts';
import { permission } from '../store/shares.ts';
import type { Place } from '../store/view.ts';
import { invalidMtime } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { knownProperty, propertyKey } from './properties.ts';
import { propstat, readXml } from './propfind.ts';
import { may, parseTime } from './write-headers.ts';
import type { XmlElement } from './xml-read.ts';
import { childNamed } from './xml-read.ts';
import { element, multistatusEnd, multistatusStart, tagsFor } from './xml-write.ts';

type Setter = (standin: Standin, place: Place, value: string) => void;

const setters: Readonly<Record<string, Setter>> = {
  '{DAV:}lastmodified': (standin, place, value) => {
    const time = parseTime(value);
    if (time.kind === 'bad') throw invalidMtime(time.message);
    if (time.kind !== 'seconds') return;
    if (may(standin.view, place, permission.update)) {
      standin.operations.touch(place.node, time.seconds);
    } else {
      // Readers of a share change the shown mtime and nothing else (14/02).
      place.node.mtime = time.seconds;
      standin.tree.save(place.node);
    }
  },
  // The recorded server really lets clients set the etag, even readers of a share (06/65, 14/03).
  '{DAV:}getetag': (standin, place, value) => {
    setEtag(place.node, value);
    standin.tree.save(place.node);
  },
  '{http://owncloud.org/ns}favorite': (standin, place, value) => {
    const sql =
      value === '1'
        ? 'INSERT OR IGNORE INTO favourites(uid, node) VALUES(?, ?)'
        : 'DELETE FROM favourites WHERE uid=? AND node=?';
    standin.db.run(sql, place.uid, place.node.id);
  },
  '{http://nextcloud.org/ns}creation_time': (standin, place, value) => {
    place.node.creationTime = Math.trunc(Number(value)) || 0;
    standin.tree.save(place.node);
  },
};

/** PROPPATCH: sets what can be set, 403 for what is protected, in one 207 (06/57 to 06/70). */
export async function proppatch(standin: Standin, request: DavRequest): Promise<void> {
  const root = readXml((await readBody(request.exchange)).toString('utf8'));
  const place = request.requirePlace();
  const changes = root.children.flatMap((step) =>
    (childNamed(step, 'DAV:', 'prop')?.children ?? []).map((property) => ({
      property,
      remove: step.local === 'remove',
    })),
  );
  const tags = tagsFor(changes.map(({ property }) => property));
  const done = { accepted: '', refused: '' };
  for (const [index, { property, remove }] of changes.entries()) {
    const tag = tags[index];
    if (!tag) continue;
    const outcome = change(standin, place, property, remove) ? 'accepted' : 'refused';
    done[outcome] += element(tag, null);
  }
  const blocks = [
    done.accepted === '' ? '' : propstat(done.accepted, '200 OK'),
    done.refused === '' ? '' : propstat(done.refused, '403 Forbidden'),
  ].join('');
  const href = encodeHref(request.hrefAsAsked().replace(/\/$/, ''));
  reply(
    request.exchange,
    207,
    { Vary: 'Brief,Prefer', 'Content-Type': 'application/xml; charset=utf-8' },
    `${multistatusStart}<d:response><d:href>${href}</d:href>${blocks}</d:response>${multistatusEnd}`,
  );
}

/** Makes one change; false when the property is the server's own. */
function change(standin: Standin, place: Place, property: XmlElement, remove: boolean): boolean {
  const key = propertyKey(property.namespace, property.local);
  const setter = setters[key];
  if (setter) {
    setter(standin, place, remove ? '' : property.text);
    return true;
  }
  if (knownProperty(property.namespace, property.local)) return false;
  if (remove) standin.db.run('DELETE FROM properties WHERE node=? AND name=?', place.node.id, key);
  else {
    standin.db.run(
      'INSERT OR REPLACE INTO properties(node, name, value) VALUES(?,?,?)',
      place.node.id,
      key,
      property.text,
    );
  }
  return true;
}
