import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { troubles } from './stage.ts';
import { newSalon } from './two-agents/new-salon.ts';
import { powerCut } from './two-agents/power-cut.ts';
import { together } from './two-agents/together.ts';
import { TwoAgents } from './two-agents/two-agents.ts';
import { withoutNetwork } from './two-agents/without-network.ts';

let agents: TwoAgents;

beforeAll(async () => {
  agents = await TwoAgents.open();
});
afterAll(() => agents?.end());

const here = () => agents;

describe('together', () => {
  together(here);
});
describe('a new salon', () => {
  newSalon(here);
});
test('nothing went wrong in either program', () => {
  expect(troubles(agents.world)).toEqual([]);
});
// From here on programs and servers end on purpose.
describe('after a power cut', () => {
  powerCut(here);
});
describe('without a network', () => {
  withoutNetwork(here);
});
