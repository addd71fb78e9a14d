import { expect, test } from 'vitest';
import { Store } from '../../ui/store.ts';
import type { CallAnswers } from './chat-store.ts';
import { tellRefusals } from './refusals.ts';

test('each person who puts a call off is told once a call', () => {
  const answers = new Store<CallAnswers | null>(null);
  let told = 0;
  const stop = tellRefusals(answers, { show: () => void (told += 1) });
  answers.set({ salonId: '!a', declinedBy: ['Bo'] });
  answers.set({ salonId: '!a', declinedBy: ['Bo', 'Cy'] });
  expect(told).toBe(2);
  answers.set({ salonId: '!a', declinedBy: [] });
  answers.set({ salonId: '!a', declinedBy: ['Bo'] });
  expect(told).toBe(3);
  stop();
  expect(answers.listenerCount).toBe(0);
});
