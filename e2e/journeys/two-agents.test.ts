import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOf, troubles } from './stage.ts';
import { type Demo, demoUntilCtrlC } from './two-agents/demo.ts';
import { newSalon } from './two-agents/new-salon.ts';
import { powerCut } from './two-agents/power-cut.ts';
import { together } from './two-agents/together.ts';
import { TwoAgents } from './two-agents/two-agents.ts';
import { withoutNetwork } from './two-agents/without-network.ts';

let demo: Demo;
const nextStart: string[] = [];
let agents: TwoAgents;

beforeAll(async () => {
  demo = await demoUntilCtrlC(placeOf('two-agents'));
  agents = await TwoAgents.open(demo, (line) => nextStart.push(line));
});
afterAll(() => agents?.end());

const here = () => agents;

test('the demo puts two agents side by side, Ctrl-C ends it, and the next start finds them signed in', () => {
  expect(demo).toEqual({ exitCode: 0, said: expect.stringContaining('Both windows are open') });
  expect(demo.said.endsWith('stops everything.')).toBe(true);
  const isNew = 'making people, salons and their past';
  expect(demo.said).toContain(isNew);
  expect(nextStart.join()).not.toContain(isNew);
});
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
