/**
 * The stand-in as a program of its own:
 * `node e2e/stack/nextcloud/main.ts --data-dir DIR [--port N] [--users FILE] [--newer] [--apache]`
 * or NEXTCLOUD_STANDIN_DATA_DIR, _PORT and _USERS (the JSON itself). Users are a JSON list of
 * `{ uid, password, displayName, email?, quota?, groups? }`. Prints one line `{"url":...,"port":...}` when it is
 * ready and stops on SIGTERM or SIGINT.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { userSchema } from './control-http.ts';
import { newerServer, startNextcloud } from './index.ts';

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    port: { type: 'string' },
    users: { type: 'string' },
    newer: { type: 'boolean', default: false },
    apache: { type: 'boolean', default: false },
  },
});

const { env } = process;
const dataDir = values['data-dir'] ?? env.NEXTCLOUD_STANDIN_DATA_DIR;
if (dataDir === undefined) {
  console.error('usage: node main.ts --data-dir DIR [--port N] [--users FILE] [--newer] [--apache]');
  process.exit(2);
}
const usersJson =
  values.users === undefined ? (env.NEXTCLOUD_STANDIN_USERS ?? '[]') : readFileSync(values.users, 'utf8');

const server = await startNextcloud({
  dataDir,
  port: Number(values.port ?? env.NEXTCLOUD_STANDIN_PORT ?? 0),
  users: z.array(userSchema).parse(JSON.parse(usersJson)),
  apache: values.apache,
  ...(values.newer ? newerServer : {}),
});
console.log(JSON.stringify({ url: server.url, port: server.port }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
