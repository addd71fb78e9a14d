// The web globals that a main process of Electron 45 has and one of Electron 22 has not: here from undici.
import './node16.ts';
import * as undici from 'undici-node16';

const NAMES = ['fetch', 'Request', 'Response', 'Headers', 'WebSocket'] as const;
const globals = globalThis as Record<string | symbol, unknown>;
for (const name of NAMES) globals[name] ??= undici[name];
globals[Symbol.for('undici-node16')] = undici;
