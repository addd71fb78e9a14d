import { afterAll, afterEach, beforeAll } from 'vitest';
import { Town } from './town.ts';

const everybody: Record<string, string> = {};
let town: Town | undefined;
beforeAll(async () => {
  town = await Town.open(everybody);
});
afterEach(() => town?.clear());
afterAll(() => town?.close());

function opened(): Town {
  if (!town) throw new Error('the town opens with the first test');
  return town;
}

/** One town for all parts of a test file: each names people of its own (by user name, with what others read). */
export function sharedTown(
  people: Readonly<Record<string, string>>,
): Pick<Town, 'again' | 'device' | 'salon' | 'synapse'> {
  for (const name of Object.keys(people)) {
    if (name in everybody) throw new Error(`${name} lives in another part's salons already`);
  }
  Object.assign(everybody, people);
  return {
    get synapse() {
      return opened().synapse;
    },
    device: (...whose) => opened().device(...whose),
    again: (...whose) => opened().again(...whose),
    salon: (...parts) => opened().salon(...parts),
  };
}
