import { afterEach, expect, test } from 'vitest';
import type { Author } from '../../preload/contract/files.ts';
import { serveAnswers } from '../accounts/testing.ts';
import { createHttp } from '../http/http.ts';
import { ConflictLabels, takesElision } from './conflict-labels.ts';

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.map((close) => close()));
  closers = [];
});

async function labelsOf(author: Author | null, ownName: string | null = 'Nadia Berger') {
  const server = await serveAnswers({
    'GET /ocs/v2.php/cloud/user': () =>
      ownName === null
        ? { status: 503, json: {} }
        : { json: { ocs: { data: { id: 'nadia', 'display-name': ownName } } } },
  });
  const asked: string[] = [];
  const labels = new ConflictLabels({
    http: createHttp(fetch),
    access: () => ({ serverUrl: server.url, userId: 'nadia', loginName: 'nadia', appPassword: 'x' }),
    authors: {
      ofFile: async (path) => {
        asked.push(path);
        return author && { author, at: 1 };
      },
    },
    rootPathOf: (pairId) => (pairId === 'p' ? '/Salons/Quais' : null),
    labelOf: (name) => `copie en conflit de ${name}`,
  });
  closers.push(server.close);
  return { labels, asked };
}

test('a version set aside for a colleague’s carries the name of the person here', async () => {
  const rig = await labelsOf({ kind: 'other', name: 'Karim Morel' });
  expect(await rig.labels.labelFor('p', 'Plans/plan.txt')).toBe('copie en conflit de Nadia Berger');
  expect(rig.asked).toEqual(['/Salons/Quais/Plans/plan.txt']);
});

test('nobody is named beside the person’s own change, an unknown one, or in an unknown folder', async () => {
  const own = await labelsOf({ kind: 'you' });
  const unknown = await labelsOf(null);
  const other = await labelsOf({ kind: 'other', name: 'Karim Morel' });
  expect(await own.labels.labelFor('p', 'plan.txt')).toBeNull();
  expect(await unknown.labels.labelFor('p', 'plan.txt')).toBeNull();
  expect(await other.labels.labelFor('elsewhere', 'plan.txt')).toBeNull();
});

test('a server that does not say how the person is called leaves the usual words', async () => {
  const rig = await labelsOf({ kind: 'other', name: 'Karim Morel' }, null);
  expect(await rig.labels.labelFor('p', 'plan.txt')).toBeNull();
});

test('French elides before a vowel', () => {
  expect(['Anne', 'Élise', 'Yves', 'Œdipe', 'irène'].filter(takesElision)).toHaveLength(5);
  expect(['Nadia', 'Yann', 'Hélène', '', '42'].filter(takesElision)).toEqual([]);
});
