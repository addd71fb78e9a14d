import { afterEach, expect, it } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { noDownloads, someDownloads } from '../../../e2e/gallery/world/downloads.ts';
import type { Download, DownloadsView } from '../../../preload/contract/downloads.ts';
import { frenchWords } from '../../i18n/testing.ts';

let end = (): void => undefined;
afterEach(() => end());

async function setUp(view: DownloadsView = noDownloads) {
  const { workspace, stage, asked } = rig(({ world }) => {
    world.downloads = view;
  });
  end = workspace.dispose;
  await workspace.downloads.load();
  const lines = () => workspace.toasts.shown.get().map((toast) => toast.text(frenchWords));
  const tell = (downloads: readonly Download[]) =>
    stage.main.emit('downloads', 'changed', { ...view, downloads: [...downloads] });
  return { workspace, lines, tell, asked };
}

const [running, done, failed] = someDownloads.downloads;

it('says once that a file is there, with the way to it', async () => {
  const { workspace, lines, tell, asked } = await setUp();
  if (!done || !running) throw new Error('no sample');
  tell([running]);
  tell([running, done]);
  tell([running, done]);
  expect(lines()).toEqual(['«\u202fCompte rendu.pdf\u202f» est enregistré.']);
  workspace.toasts.shown.get()[0]?.act?.act();
  expect(asked('downloads.reveal')).toEqual([{ id: done.id }]);
});

it('says that a file did not come, and leads to why', async () => {
  const { workspace, lines, tell } = await setUp();
  if (!failed) throw new Error('no sample');
  tell([failed]);
  expect(lines()).toHaveLength(1);
  workspace.toasts.shown.get()[0]?.act?.act();
  expect(workspace.navigation.place.get().dialog).toEqual({ kind: 'downloads' });
});

it('says where a file is that could not go to its folder, and that one is whole which has no place', async () => {
  const { lines, tell } = await setUp();
  if (!done || !failed) throw new Error('no sample');
  tell([{ ...done, state: { step: 'done', isElsewhere: true } }]);
  tell([{ ...failed, state: { step: 'failed', problem: 'not-placed', mayGoOn: true } }]);
  expect(lines()[0]).toContain('Il est enregistré dans Téléchargements.');
  expect(lines()[1]).toContain('est entier');
});

it('says nothing of what was there before the page, nor to who looks at the list', async () => {
  const { workspace, lines, tell } = await setUp(someDownloads);
  tell(someDownloads.downloads);
  expect(lines()).toEqual([]);
  workspace.navigation.ask({ kind: 'downloads' });
  if (!running) throw new Error('no sample');
  tell([{ ...running, state: { step: 'done', isElsewhere: false } }]);
  expect(lines()).toEqual([]);
});
