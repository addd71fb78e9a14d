/**
 * notify_push: a websocket on `/push/ws`. The client sends its user name, then its password; the server says
 * `authenticated` and from then on `notify_file` for every change the account can see, or `notify_file_id [ids]`
 * once the client sent `listen notify_file_id`.
 */
import type { Server } from 'node:http';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Standin } from '../standin.ts';
import type { StoredNode } from '../store/nodes.ts';
import { isWithin, rootOf } from '../store/nodes.ts';

interface Listener {
  readonly socket: WebSocket;
  userName: string | null;
  uid: string | null;
  wantsIds: boolean;
  /** Changed since the last message. */
  readonly changed: Set<number>;
  timer: NodeJS.Timeout | null;
}

const socketPath = '/push/ws';
/** Changes this close together go out as one message. */
const coalesceMs = 50;

/** Serves the websocket on a running server; returns what closes it. */
export function servePush(standin: Standin, server: Server): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  const listeners = new Set<Listener>();
  server.on('upgrade', (request, socket, head) => {
    if (!standin.switches.notifyPush || request.url !== socketPath) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      listeners.add(listen(standin, accepted, (listener) => listeners.delete(listener)));
    });
  });
  const stopWatching = standin.tree.watch((node) => {
    for (const listener of listeners) if (concerns(standin, listener, node)) note(listener, node.id);
  });
  return () => {
    stopWatching();
    for (const { socket, timer } of listeners) {
      if (timer) clearTimeout(timer);
      socket.terminate();
    }
    sockets.close();
  };
}

function listen(standin: Standin, socket: WebSocket, gone: (listener: Listener) => void): Listener {
  const listener: Listener = {
    socket,
    userName: null,
    uid: null,
    wantsIds: false,
    changed: new Set(),
    timer: null,
  };
  socket.on('message', (data: Buffer) => hear(standin, listener, data.toString('utf8')));
  socket.on('close', () => {
    if (listener.timer) clearTimeout(listener.timer);
    gone(listener);
  });
  socket.on('error', () => socket.terminate());
  return listener;
}

function hear(standin: Standin, listener: Listener, text: string): void {
  if (listener.uid !== null) {
    if (text === 'listen notify_file_id') listener.wantsIds = true;
    return;
  }
  if (listener.userName === null) {
    listener.userName = text;
    return;
  }
  const result = standin.accounts.signIn(listener.userName, text);
  if ('refused' in result) {
    listener.socket.send('err: Invalid credentials');
    listener.socket.close();
    return;
  }
  listener.uid = result.caller.account.uid;
  listener.socket.send('authenticated');
}

/** Whether the account sees the node: its own, or in something shared with it. */
function concerns(standin: Standin, { uid }: Listener, node: StoredNode): boolean {
  if (uid === null) return false;
  if (rootOf(node).owner === uid) return true;
  return [...standin.shares.mountsOf(uid).values()].some((mount) => isWithin(node, mount.node));
}

function note(listener: Listener, nodeId: number): void {
  listener.changed.add(nodeId);
  listener.timer ??= setTimeout(() => {
    const ids = JSON.stringify([...listener.changed]);
    listener.changed.clear();
    listener.timer = null;
    listener.socket.send(listener.wantsIds ? `notify_file_id ${ids}` : 'notify_file');
  }, coalesceMs);
}
