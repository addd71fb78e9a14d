import { header, readBody } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { permission } from '../store/shares.ts';
import { conflict, DavError, forbidden, methodNotAllowed } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { allowFile, allowFolder } from './options.ts';
import { readXml } from './propfind.ts';
import { emptyPage, may, nodeHeaders } from './write-headers.ts';

/** MKCOL, plain or extended (06/01 to 06/12). */
export async function mkcol(standin: Standin, request: DavRequest): Promise<void> {
  await checkBody(request);
  const existing = request.place();
  if (existing) throw alreadyExists(existing.node.kind === 'file');
  const lookup = request.parentLookup();
  if ('nowhere' in lookup) throw conflict('Parent node does not exist');
  const { node } = lookup.place;
  if (node.kind === 'file') throw conflict('Parent node is not a collection');
  if (!may(standin.view, lookup.place, permission.create)) throw forbidden();
  request.checkName();
  const folder = standin.operations.makeFolder(node, request.name);
  reply(request.exchange, 201, { ...nodeHeaders(standin, folder), ...emptyPage });
}

/** 405: the name is taken. */
export function alreadyExists(isFile: boolean): DavError {
  return methodNotAllowed(
    'The resource you tried to create already exists',
    isFile ? allowFile : allowFolder,
  );
}

async function checkBody(request: DavRequest): Promise<void> {
  const body = (await readBody(request.exchange)).toString('utf8');
  if (body === '') return;
  if (header(request.exchange, 'content-type')?.includes('xml') === true) {
    readXml(body);
    return;
  }
  throw new DavError(
    415,
    'Sabre\\DAV\\Exception\\UnsupportedMediaType',
    'The request body for the MKCOL request must have an xml Content-Type',
  );
}
