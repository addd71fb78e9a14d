import { expect, it } from 'vitest';
import { list, RUGBY, rugbyCall } from '../../e2e/gallery/world/salons.ts';
import { ListAssembler } from './list-assembler.ts';
import type { Connection } from './protocol.ts';

const rugby = list.salons.find(({ id }) => id === RUGBY) ?? expect.unreachable();

it('shows the calls that go on, and none while the line is cut', () => {
  const assembler = new ListAssembler();
  const salons = [...list.salons.filter(({ id }) => id !== RUGBY), { ...rugby, call: rugbyCall }];
  const callAt = (connection: Connection, changed: typeof salons) => {
    const order = salons.map(({ id }) => id);
    const { salons: shown } = assembler.apply({ connection, total: salons.length, order, changed });
    return shown.find(({ id }) => id === RUGBY)?.call ?? null;
  };
  expect(callAt('offline', salons)).toBeNull();
  expect(callAt('live', [])).toEqual(rugbyCall);
  expect(callAt('offline', [])).toBeNull();
});
