/** REPORT: the files of a filter, as yet favourites; sync-collection is not offered (10/22 to 10/25). */
import { readBody } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { encodeHref } from '../store/names.ts';
import type { Place } from '../store/view.ts';
import { badRequest, DavError } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { isFavourite, knownProperty } from './properties.ts';
import { propstats, readXml } from './propfind.ts';
import { childNamed } from './xml-read.ts';
import { multistatusEnd, multistatusStart, tagsFor } from './xml-write.ts';

const owncloud = 'http://owncloud.org/ns';

export async function report(standin: Standin, request: DavRequest): Promise<void> {
  const root = readXml((await readBody(request.exchange)).toString('utf8'));
  if (root.namespace !== owncloud || root.local !== 'filter-files') {
    const isDav = root.namespace === 'DAV:';
    const message = isDav ? `The {DAV:}${root.local} REPORT is not supported on this url.` : '';
    throw new DavError(415, 'Sabre\\DAV\\Exception\\ReportNotSupported', message, { supportedReport: true });
  }
  const rules = childNamed(root, owncloud, 'filter-rules')?.children ?? [];
  if (rules.length === 0) throw badRequest('Missing filter-rule block in request');
  const wantsFavourites = rules.some((rule) => rule.local === 'favorite' && rule.text !== '0');
  const names = childNamed(root, 'DAV:', 'prop')?.children ?? [];
  const tags = tagsFor(names);
  const responses = [...placesBelow(standin, request.requirePlace())]
    .filter((place) => wantsFavourites && isFavourite(standin, place))
    .map((place) => {
      const entry = { standin, place, listed: true, staleEtags: false };
      const values = names.map(({ namespace, local }) => knownProperty(namespace, local)?.(entry));
      const href = encodeHref(request.hrefOf(place));
      // The one answer of the server that puts the status first (FACTS 0).
      return `<d:response><d:status>HTTP/1.1 200 OK</d:status><d:href>${href}</d:href>${propstats(tags, values, true)}</d:response>`;
    });
  const headers = { 'Content-Type': 'application/xml; charset=utf-8' };
  reply(request.exchange, 207, headers, multistatusStart + responses.join('') + multistatusEnd);
}

function* placesBelow(standin: Standin, place: Place): Generator<Place> {
  for (const child of standin.view.children(place)) {
    yield child;
    yield* placesBelow(standin, child);
  }
}
