import { afterAll, beforeAll, describe } from 'vitest';
import { screens, signInPage } from './one-agent/accessibility.ts';
import { attack } from './one-agent/attack.ts';
import { OneAgent } from './one-agent/one-agent.ts';
import { revoked } from './one-agent/revoked.ts';
import { screenReader } from './one-agent/screen-reader.ts';
import { signOut } from './one-agent/sign-out.ts';
import { wrong } from './one-agent/wrong.ts';

let agent: OneAgent;

beforeAll(async () => {
  agent = await OneAgent.open();
});
afterAll(() => agent?.end());

const here = () => agent;

describe('the page one signs in on', () => {
  signInPage(here);
});
describe('what is typed wrong', () => {
  wrong(here);
});
describe('what axe finds', () => {
  screens(here);
});
describe('what a screen reader is told', () => {
  screenReader(here);
});
describe('an attack', () => {
  attack(here);
});
describe('what is revoked', () => {
  revoked(here);
});
describe('signing out', () => {
  signOut(here);
});
