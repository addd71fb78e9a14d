import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import { workerPolicy } from './csp.ts';

/** Serves one request of the own scheme from the program's folder of pages. */
export type PageServer = (request: { readonly url: string; readonly method: string }) => Promise<Response>;

/** What the answers depend on at the time of a request. */
export interface PageContext {
  /** Folder of the built pages. */
  readonly root: string;
  /** `app` or `call`: a session serves one of them. */
  readonly host: 'app' | 'call';
  /** The policy of a page. */
  readonly policy: () => string;
  /** The chat server in use: the one that the worker may reach. */
  readonly chatServer: () => string | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Where the build puts worker scripts: they have a policy of their own, made at the time of the request. */
const WORKERS = '/workers/';
/** Names with a hash of their content never change. */
const HASHED = /-[\w-]{8}\.\w+$/;

/** Makes the server of one session's pages. */
export function createPageServer(context: PageContext): PageServer {
  return async ({ url, method }) => {
    const { pathname, host, protocol } = new URL(url);
    if (protocol !== 'traboule:' || host !== context.host) return plain(404);
    if (method !== 'GET' && method !== 'HEAD') return plain(405);
    const path = decodedPath(pathname);
    const type = path === null ? undefined : TYPES[extname(path)];
    if (path === null || type === undefined) return plain(404);
    const body = await readInside(context.root, path);
    return body ? new Response(body, { headers: headersFor(path, type, context) }) : plain(404);
  };
}

function headersFor(path: string, type: string, context: PageContext): Record<string, string> {
  const isWorker = path.startsWith(WORKERS);
  return {
    'content-type': type,
    'content-security-policy': isWorker ? workerPolicy(context.chatServer()) : context.policy(),
    'cache-control': !isWorker && HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** The path with its escapes resolved, null when it is no name inside the folder. `/` is the page itself. */
function decodedPath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
    const isInside = !/[\\\0:]/.test(path) && !path.split('/').includes('..');
    return isInside ? path : null;
  } catch {
    return null; // wrong escapes name nothing
  }
}

/** A file of the folder; null when there is none, or when a link leads out of the folder. */
async function readInside(root: string, path: string): Promise<Buffer<ArrayBuffer> | null> {
  try {
    const [folder, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
    return file.startsWith(folder + sep) ? await readFile(file) : null;
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(errnoOf(error) ?? '')) return null;
    throw error;
  }
}

function plain(status: number): Response {
  const headers = { 'content-type': 'text/plain', 'content-security-policy': "default-src 'none'" };
  return new Response('', { status, headers });
}
