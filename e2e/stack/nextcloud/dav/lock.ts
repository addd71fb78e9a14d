/** LOCK without files_lock: refused, but for two clients that cannot live without it (08/21, 11/23 to 11/26). */
import { createHash } from 'node:crypto';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import { notImplemented } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { escapeXml } from './xml-write.ts';

/** A token that locks nothing. */
export function fakeLock(request: DavRequest): void {
  if (!needsFakeLocks(request.exchange)) throw notImplemented('LOCK');
  const token = createHash('md5').update(request.davPath).digest('hex');
  const body = `<?xml version="1.0"?>
<d:prop xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">
 <d:lockdiscovery>
  <d:activelock>
   <d:lockscope>
    <d:exclusive/>
   </d:lockscope>
   <d:locktype>
    <d:write/>
   </d:locktype>
   <d:lockroot>
    <d:href>${escapeXml(request.davPath)}</d:href>
   </d:lockroot>
   <d:depth>infinity</d:depth>
   <d:timeout>Second-1800</d:timeout>
   <d:locktoken>
    <d:href>opaquelocktoken:${token}</d:href>
   </d:locktoken>
  </d:activelock>
 </d:lockdiscovery>
</d:prop>
`;
  reply(request.exchange, 200, { 'Content-Type': 'text/html; charset=UTF-8' }, body);
}

export function fakeUnlock(request: DavRequest): void {
  if (!needsFakeLocks(request.exchange)) throw notImplemented('UNLOCK');
  reply(request.exchange, 204, { 'Content-Type': 'text/html; charset=UTF-8' });
}

function needsFakeLocks(exchange: Exchange): boolean {
  return /^(WebDAVFS|Microsoft-WebDAV-MiniRedir)/.test(header(exchange, 'user-agent') ?? '');
}
