import { join } from 'node:path';
import { type Stack, startStack } from '../../stack/index.ts';
import { PEOPLE } from '../../stack/people.ts';
import { type Plan, switchesOf } from '../plan.ts';
import { FOR_SERVERS, ROOT } from '../steps.ts';
import { useUntilStopped } from '../stop.ts';

/** Where its servers keep what they know. */
const DATA = join(ROOT, '.local/stack');

/** `npm run stack [-- --reset]`: the servers alone, until Ctrl-C. */
export function plan(args: string[]): Plan {
  const given = switchesOf('stack', args, ['reset']);
  return { needs: FOR_SERVERS, run: (stop) => run(given.has('reset'), stop) };
}

async function run(reset: boolean, stop: AbortSignal): Promise<number> {
  const progress = (line: string) => console.log(`${line} ...`);
  const starting = startStack({ dataDir: DATA, reset, progress });
  const end = (stack: Stack) => stack.stop();
  const broken = await useUntilStopped({ starting, end, stop }, (stack) => {
    console.log(describe(stack));
    return stack.broken;
  });
  if (broken) console.error(broken);
  return broken ? 1 : 0;
}

function describe(stack: Stack): string {
  return `
  Chat (Synapse)                   ${stack.synapse.url}
  Files (stand-in for Nextcloud)   ${stack.nextcloud.url}
  Calls (stand-in for Jitsi Meet)  ${stack.jitsi.url}
  Data                             ${DATA}

  The program on these servers:
    TRABOULE_BRAND=${stack.brand} NODE_EXTRA_CA_CERTS=${stack.caPath} \\
      npm start -- --ignore-certificate-errors-spki-list=${stack.spki}

  People, with the password ${PEOPLE.nadia.password}:
    ${Object.values(PEOPLE)
      .map(({ name, displayName }) => `${name} (${displayName})`)
      .join('\n    ')}

Ctrl-C stops them; what they know is kept (npm run stack -- --reset starts afresh).`;
}
