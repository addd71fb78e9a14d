// What code for Node 24 misses in Node 16.17. Imported first in every bundled entry.
import 'core-js/actual';
import { Blob as NodeBlob } from 'node:buffer';
import crypto, { webcrypto } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import events from 'node:events';
import stream from 'node:stream';
import * as streams from 'node:stream/web';
import tls from 'node:tls';
import util from 'node:util';
import * as workers from 'node:worker_threads';

type Bag = Record<string, unknown>;
const globals = globalThis as Bag;

/** Sets what is missing and leaves what is there. */
function fill(target: object, additions: Bag): void {
  for (const [name, value] of Object.entries(additions)) {
    if ((target as Bag)[name] === undefined)
      Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
}

fill(globalThis, { ...streams });
fill(globalThis, { Blob: NodeBlob });
fill(globalThis, {
  File: class File extends (globals['Blob'] as typeof Blob) {
    readonly name: string;
    readonly lastModified: number;
    constructor(parts: BlobPart[], name: string, options: FilePropertyBag = {}) {
      super(parts, options);
      this.name = name;
      this.lastModified = options.lastModified ?? Date.now();
    }
  },
  MessageChannel: workers.MessageChannel,
  MessagePort: workers.MessagePort,
  BroadcastChannel: workers.BroadcastChannel,
});
if (!globalThis.crypto?.subtle)
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
if (typeof DOMException === 'undefined') {
  try {
    atob('***');
  } catch (error) {
    // Node 16 has the class and does not name it.
    globals['DOMException'] = (error as Error).constructor;
  }
}

fill(AbortSignal, {
  any(signals: AbortSignal[]): AbortSignal {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) {
        controller.abort(signal.reason);
        break;
      }
      signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
    }
    return controller.signal;
  },
  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), milliseconds).unref();
    return controller.signal;
  },
});
fill(crypto, {
  hash: (algorithm: string, data: string | Uint8Array, encoding: 'base64' | 'hex' = 'hex') =>
    crypto.createHash(algorithm).update(data).digest(encoding),
});
fill(util, {
  stripVTControlCharacters: (text: string) => text,
  parseEnv: () => ({}),
  styleText: (_style: unknown, text: string) => text,
});
fill(events, {
  addAbortListener(signal: AbortSignal, listener: () => void) {
    signal.addEventListener('abort', listener, { once: true });
    return { [Symbol.dispose]: () => signal.removeEventListener('abort', listener) };
  },
});
let authorities: readonly string[] = tls.rootCertificates;
fill(tls, {
  getCACertificates: (kind: string) => (kind === 'default' ? [...authorities] : []),
  setDefaultCACertificates: (all: readonly string[]) => {
    authorities = all;
    const { connect } = tls;
    Object.assign(tls, {
      connect: (options: tls.ConnectionOptions, ...rest: []) =>
        connect({ ca: [...all], ...options }, ...rest),
    });
  },
});
fill(diagnostics, {
  tracingChannel: (name: string) => ({
    start: diagnostics.channel(`${name}:start`),
    end: diagnostics.channel(`${name}:end`),
    asyncStart: diagnostics.channel(`${name}:asyncStart`),
    asyncEnd: diagnostics.channel(`${name}:asyncEnd`),
    error: diagnostics.channel(`${name}:error`),
    hasSubscribers: false,
  }),
});
// stream.finished of Node 16 refuses web streams, which undici hands it.
const finished = stream.finished as unknown as (target: unknown, ...rest: unknown[]) => unknown;
Object.defineProperty(stream, 'finished', {
  value: Object.assign((target: { getReader?: unknown } | null, ...rest: unknown[]) => {
    return typeof target?.getReader === 'function' ? () => undefined : finished(target, ...rest);
  }, finished),
});
