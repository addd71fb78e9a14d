import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStack } from '../../stack/index.ts';
import { PEOPLE } from '../../stack/people.ts';
import { interrupted } from '../interrupted.ts';
import { ROOT } from '../steps.ts';

/** Where the demo's servers keep what they know. */
export const STACK_DATA = join(ROOT, '.local/stack');

/** `npm run stack [-- --reset]`: the servers alone, until Ctrl-C. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { reset: { type: 'boolean', default: false } } });
  const progress = (line: string) => console.log(`${line} ...`);
  const stack = await startStack({ dataDir: STACK_DATA, reset: values.reset, progress });
  try {
    console.log(`
  Chat (Synapse)                   ${stack.synapse.url}
  Files (stand-in for Nextcloud)   ${stack.nextcloud.url}
  Calls (stand-in for Jitsi Meet)  ${stack.jitsi.url}
  Data                             ${STACK_DATA}
  Program against these servers    TRABOULE_BRAND=${stack.brand} npm start

  People, with the password ${PEOPLE.nadia.password}:
    ${Object.values(PEOPLE)
      .map(({ name, displayName }) => `${name} (${displayName})`)
      .join('\n    ')}

Ctrl-C stops them; what they know is kept (npm run stack -- --reset starts afresh).`);
    const broken = await Promise.race([interrupted(), stack.broken]);
    if (broken) console.error(broken);
    return broken ? 1 : 0;
  } finally {
    await stack.stop();
  }
}
