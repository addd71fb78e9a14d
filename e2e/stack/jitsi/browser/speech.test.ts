import { expect, test } from 'vitest';
import { SpeechGate } from './speech.ts';

test('speech starts with the first sound and ends after a pause', () => {
  const gate = new SpeechGate();
  expect(gate.hear(0, 0)).toBeUndefined();
  expect(gate.hear(0.3, 200)).toBe(true);
  expect(gate.hear(0, 400)).toBeUndefined();
  expect(gate.hear(0.3, 1300)).toBeUndefined();
  expect(gate.hear(0, 2400)).toBeUndefined();
  expect(gate.hear(0, 2600)).toBe(false);
  expect(gate.hear(0, 9000)).toBeUndefined();
});
