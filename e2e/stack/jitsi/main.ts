/**
 * Runs the Jitsi stand-in alone: `node e2e/stack/jitsi/main.ts [--dir DIR] [--port N] [--lobby] [--auth]`.
 * Prints one JSON line with its address and the hash for --ignore-certificate-errors-spki-list, then
 * serves until it is interrupted.
 */
import { parseArgs } from 'node:util';
import { ensureAuthority } from '../tls/authority.ts';
import { startJitsi } from './server.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: '.local/tls' },
    port: { type: 'string', default: '0' },
    lobby: { type: 'boolean', default: false },
    auth: { type: 'boolean', default: false },
  },
});

const authority = await ensureAuthority(values.dir);
const leaf = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
const jitsi = await startJitsi({
  port: Number(values.port),
  tls: leaf,
  lobby: values.lobby,
  auth: values.auth ? 'openidtoken-jwt' : 'none',
});
const { url, host } = jitsi;
console.log(JSON.stringify({ url, host, caPath: authority.caPath, spkiSha256Base64: leaf.spkiSha256Base64 }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void jitsi.stop());
