import type { Standin } from '../standin.ts';
import { notImplemented } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { deleteNode } from './delete.ts';
import { get } from './get.ts';
import { fakeLock, fakeUnlock } from './lock.ts';
import { mkcol } from './mkcol.ts';
import { moveOrCopy } from './move-copy.ts';
import { options } from './options.ts';
import { patch } from './patch.ts';
import { propfind } from './propfind.ts';
import { proppatch } from './proppatch.ts';
import { put } from './put.ts';
import { report } from './report.ts';

/** Every method on somebody's files. */
export async function handleFiles(standin: Standin, request: DavRequest): Promise<void> {
  const { method } = request.exchange;
  switch (method) {
    case 'GET':
    case 'HEAD':
      return get(standin, request);
    case 'PUT':
      return put(standin, request);
    case 'PROPFIND':
      return propfind(standin, request);
    case 'PROPPATCH':
      return proppatch(standin, request);
    case 'MKCOL':
      return mkcol(standin, request);
    case 'DELETE':
      return deleteNode(standin, request);
    case 'MOVE':
    case 'COPY':
      return moveOrCopy(standin, request);
    case 'OPTIONS':
      return options(request);
    case 'PATCH':
      return patch(standin, request);
    case 'REPORT':
      return report(standin, request);
    case 'LOCK':
      return fakeLock(request);
    case 'UNLOCK':
      return fakeUnlock(request);
    default:
      throw notImplemented(method);
  }
}
