import type { RemoteEntry } from '../model/entries.ts';
import { RemoteFailure, throwIfAborted } from '../model/failures.ts';
import { type RemotePath, remoteName, remotePath } from '../model/paths.ts';
import type { ArchivedFile, Remote, RemoteListing, Stored, UploadRequest } from '../ports/remote.ts';
import { type Gate, openGate } from './gate.ts';
import type { MemoryServer, Rights, ServerNode } from './memory-server.ts';

const sendSize = 64;
/** Pieces of a body without an end; nobody should ask for them all. */
const mostPieces = 1000;

/** The remote port on a server in memory. The gate is called before each request, and before each answer. */
export class MemoryRemote implements Remote {
  readonly takesParts = true;
  requests = 0;
  readonly #server: MemoryServer;
  readonly #gate: Gate;

  constructor(server: MemoryServer, gate: Gate = openGate) {
    this.#server = server;
    this.#gate = gate;
  }

  identify: Remote['identify'] = (signal) =>
    this.#exchange('identify', '', signal, () => {
      const root = toRemote(this.#server, this.#server.root, '');
      if (root.kind !== 'folder') throw new Error('the root is a folder');
      return { account: 'memory', owner: 'memory', root, fingerprint: this.#server.fingerprint };
    });

  createRoot: Remote['createRoot'] = () => Promise.resolve();

  list: Remote['list'] = (path, signal) =>
    this.#exchange('list', path, signal, () => {
      const folder = this.#find(path);
      this.#server.noteListing(folder);
      return this.#listing(folder, path);
    });

  listAll: Remote['listAll'] = (signal) =>
    this.#exchange('listAll', '', signal, () => new Map(this.#listingsBelow(this.#server.root, [])));

  look: Remote['look'] = (path, signal) =>
    this.#exchange('look', path, signal, () => {
      const node = this.#server.find(path);
      return node === undefined ? undefined : toRemote(this.#server, node, path);
    });

  download: Remote['download'] = ({ path, offset, etag, size, signal }) =>
    this.#exchange('download', path, signal, () => {
      const node = this.#find(path);
      if (node.kind === 'folder') throw new RemoteFailure('malformed');
      const { content, stated } = node;
      if (this.#server.etag(node) !== etag) throw new RemoteFailure('contentChanged');
      if (content.length !== size) throw new RemoteFailure('wrongLength');
      const body = this.#sendOn(content.slice(offset), path, signal);
      return { offset, stated, body, close: () => Promise.resolve() };
    });

  archive: Remote['archive'] = (path, signal) =>
    this.#exchange('archive', path, signal, () => this.#filesBelow(this.#find(path), '', path, signal));

  upload: Remote['upload'] = async (request) => {
    await this.#before('upload', request.path, request.signal);
    const content = await collect(request.body);
    if (content.length !== request.size) throw new RemoteFailure('contentChanged');
    await this.#gate('upload-received', request.path);
    return this.#answer('upload', request.path, () => this.#store(request.path, content, request));
  };

  takesBulk: Remote['takesBulk'] = (signal) =>
    this.#exchange('takesBulk', '', signal, () => this.#server.takesBulk);

  /** A part that fails does not stop those after it. */
  uploadBulk: Remote['uploadBulk'] = async (files, signal) => {
    await this.#before('uploadBulk', files[0]?.path ?? '', signal);
    const stored = new Set<RemotePath>();
    for (const { path, content, mtime } of files) {
      try {
        await this.#gate('uploadBulk-received', path);
        this.#refuse(path, this.#server.find(path) === undefined ? ['add'] : []);
        this.#server.overwrite(path, content, mtime);
        stored.add(path);
      } catch (error) {
        if (!(error instanceof RemoteFailure)) throw error;
      }
    }
    await this.#gate('uploadBulk-answer', files.at(-1)?.path ?? '');
    return stored;
  };

  beginParts: Remote['beginParts'] = ({ id }, signal) =>
    this.#exchange('beginParts', id, signal, () => {
      if (this.#server.uploads.has(id)) throw new RemoteFailure('exists');
      this.#server.uploads.set(id, new Map());
    });

  listParts: Remote['listParts'] = ({ id }, signal) =>
    this.#exchange('listParts', id, signal, () => {
      const parts = this.#server.uploads.get(id);
      if (parts === undefined) return undefined;
      return new Map([...parts].map(([number, content]) => [number, content.length]));
    });

  putPart: Remote['putPart'] = async ({ id }, { number, size, body }, signal) => {
    await this.#before('putPart', id, signal);
    const content = await collect(body);
    if (content.length !== size) throw new RemoteFailure('contentChanged');
    const parts = this.#server.uploads.get(id);
    if (parts === undefined) throw new RemoteFailure('notFound');
    await this.#answer('putPart', id, () => parts.set(number, content));
  };

  finishParts: Remote['finishParts'] = ({ id, path }, file) =>
    this.#exchange('finishParts', path, file.signal, () => {
      const parts = this.#server.uploads.get(id);
      if (parts === undefined) throw new RemoteFailure('notFound');
      const content = Buffer.concat(
        [...parts].toSorted(([one], [other]) => one - other).map(([, part]) => part),
      );
      if (content.length !== file.size) throw new RemoteFailure('refused', { status: 400 });
      const stored = this.#store(path, content, file);
      this.#server.uploads.delete(id);
      return stored;
    });

  abortParts: Remote['abortParts'] = ({ id }, signal) =>
    this.#exchange('abortParts', id, signal, () => {
      this.#server.uploads.delete(id);
    });

  createFolder: Remote['createFolder'] = (path, signal) =>
    this.#exchange('createFolder', path, signal, () => {
      this.#refuse(path, ['add']);
      return { id: this.#server.makeFolder(path).id };
    });

  move: Remote['move'] = (from, to, signal) =>
    this.#exchange('move', from, signal, () => {
      // What is shared can be renamed and moved by whom it is shared with; what is in it can't.
      this.#refuse(this.#server.shares.has(this.#find(from).id) ? folderOf(from) : from, []);
      this.#refuse(folderOf(to), ['add']);
      this.#server.move(from, to);
    });

  remove: Remote['remove'] = (path, etag, signal) =>
    this.#exchange('remove', path, signal, () => {
      const node = this.#server.find(path);
      if (node === undefined) return false;
      this.#refuse(path, ['remove']);
      if (etag !== undefined && this.#server.etag(node) !== etag) throw new RemoteFailure('conditionFailed');
      this.#server.remove(path);
      return true;
    });

  setPassword(): void {
    // There is none.
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #exchange<Answer>(
    operation: string,
    path: string,
    signal: AbortSignal,
    work: () => Answer,
  ): Promise<Answer> {
    await this.#before(operation, path, signal);
    return this.#answer(operation, path, work);
  }

  /** Does the work, twice where somebody on the way sends the request once more. */
  async #answer<Answer>(operation: string, path: string, work: () => Answer): Promise<Answer> {
    const answer = work();
    try {
      await this.#gate(`${operation}-answer`, path);
    } catch (error) {
      if (error instanceof SentTwice) return work();
      throw error;
    }
    return answer;
  }

  /** Unless one may do everything there, or one of what is enough for this. */
  #refuse(path: string, enough: readonly Rights[]): void {
    const rights = this.#server.rightsAt(path);
    if (rights !== 'all' && !enough.includes(rights)) throw new RemoteFailure('forbidden', { status: 403 });
  }

  async #before(operation: string, path: string, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    this.requests += 1;
    await this.#gate(operation, path);
  }

  #find(path: string): ServerNode {
    const node = this.#server.find(path);
    if (node === undefined) throw new RemoteFailure('notFound', { status: 404 });
    return node;
  }

  #listing(folder: ServerNode, path: string): RemoteListing {
    const self = toRemote(this.#server, folder, path);
    if (self.kind !== 'folder') throw new RemoteFailure('refused');
    const children = [...folder.children].map(([name, node]) => ({
      name: remoteName(name),
      entry: toRemote(this.#server, node, `${path}/${name}`),
    }));
    return { self, children };
  }

  #listingsBelow(folder: ServerNode, names: readonly string[]): [RemotePath, RemoteListing][] {
    const below = [...folder.children]
      .filter(([, node]) => node.kind === 'folder')
      .flatMap(([name, node]) => this.#listingsBelow(node, [...names, name]));
    return folder.children.size === 0
      ? below
      : [[remotePath(names), this.#listing(folder, names.join('/'))], ...below];
  }

  #store(
    path: string,
    content: Uint8Array,
    file: Pick<UploadRequest, 'condition' | 'mtime' | 'checksum'>,
  ): Stored {
    const standing = this.#server.find(path);
    this.#refuse(path, standing === undefined ? ['add'] : []);
    const { condition, mtime, checksum } = file;
    const isMet =
      condition.kind === 'absent'
        ? standing === undefined
        : standing !== undefined && this.#server.etag(standing) === condition.etag;
    if (!isMet) throw new RemoteFailure('conditionFailed', { status: 412 });
    const node = this.#server.write(path, content, mtime > 0 ? mtime : undefined, checksum);
    return { etag: this.#server.etag(node), id: node.id, mtimeKept: mtime > 0, checksumKept: true };
  }

  /** As they are when their turn comes. */
  async *#filesBelow(
    folder: ServerNode,
    prefix: string,
    path: string,
    signal: AbortSignal,
  ): AsyncGenerator<ArchivedFile> {
    for (const [name, node] of folder.children) {
      if (node.kind === 'folder') yield* this.#filesBelow(node, `${prefix}${name}/`, path, signal);
      const content = Uint8Array.from(node.content);
      if (node.kind === 'file')
        yield {
          path: prefix + name,
          size: content.length,
          content: this.#sendArchived(content, path, signal),
        };
    }
  }

  async *#sendArchived(content: Uint8Array, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let sent = 0;
    for await (const piece of this.#send(content, path, signal)) {
      sent += piece.length;
      yield piece;
    }
    if (sent < content.length) throw new RemoteFailure('interrupted');
  }

  async #endsHere(path: string): Promise<boolean> {
    try {
      await this.#gate('download-more', path);
      return false;
    } catch (error) {
      if (error instanceof EndOfBody) return true;
      throw error;
    }
  }

  /** The body of a file by itself, which may have no end. */
  async *#sendOn(content: Uint8Array, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#send(content, path, signal);
    } catch (error) {
      if (!(error instanceof EndlessBody)) throw error;
      yield content;
      for (let piece = 0; piece < mostPieces; piece += 1) yield Buffer.alloc(sendSize);
      throw new Error('a body without an end was read on and on', { cause: error });
    }
  }

  async *#send(content: Uint8Array, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (let position = 0; position < content.length; position += sendSize) {
      throwIfAborted(signal);
      if (await this.#endsHere(path)) return;
      yield content.slice(position, position + sendSize);
    }
  }
}

/** Thrown by a gate while a download is sent: its body ends, and nothing says that it is cut. */
export class EndOfBody extends Error {}

/** Thrown by a gate while a download is sent: its body goes on and on. */
export class EndlessBody extends Error {}

/** Thrown by a gate before an answer: the request was sent twice, and this is the answer to the second. */
export class SentTwice extends Error {}

function toRemote(server: MemoryServer, node: ServerNode, path: string): RemoteEntry {
  const { id, content, mtime, stated } = node;
  const etag = server.etag(node);
  const permissions = permissionsOf(server, node, path);
  if (node.kind === 'folder') return { kind: 'folder', id, etag, permissions };
  const racy = stated === '' && Math.abs(server.time - mtime) < 2;
  return { kind: 'file', id, etag, size: content.length, mtime, stated, permissions, racy };
}

function permissionsOf(server: MemoryServer, { id, kind }: ServerNode, path: string): string {
  const rights = server.rightsAt(path);
  if (rights === 'all') return kind === 'folder' ? 'RGDNVCK' : 'RGDNVW';
  const isTop = server.shares.has(id) && server.rightsAt(folderOf(path)) === 'all';
  const added = kind === 'folder' && rights === 'add' ? 'CK' : '';
  return `S${isTop ? 'MGNV' : 'G'}${rights === 'remove' ? 'D' : ''}${added}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
