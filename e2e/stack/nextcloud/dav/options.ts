import { reply } from '../http/reply.ts';
import type { DavRequest } from './dav-request.ts';
import { davFeatures } from './multistatus.ts';

const common = 'OPTIONS, GET, HEAD, DELETE, PROPFIND, PUT, PROPPATCH, COPY, MOVE, REPORT';

/** Methods on a folder, a file, and a path where nothing is (06/03, 06/04, 11/49). */
export const allowFolder = common;
export const allowFile = `${common}, PATCH`;
export const allowMissing = `${common}, MKCOL`;

/** OPTIONS (01/20, 11/48, 11/49). */
export function options(request: DavRequest): void {
  const place = request.place();
  const existing = place?.node.kind === 'file' ? allowFile : allowFolder;
  reply(request.exchange, 200, {
    Allow: place ? existing : allowMissing,
    DAV: davFeatures,
    'MS-Author-Via': 'DAV',
    'Accept-Ranges': 'bytes',
    'Content-Type': 'text/html; charset=UTF-8',
  });
}
