import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { NextcloudRemote } from '../../main/sync/remote/nextcloud/nextcloud-remote.ts';
import { newerServer } from '../stack/nextcloud/index.ts';
import { endsRun, patience, usual } from './answer-meanings.ts';
import { faultNames, faults } from './answers.ts';
import { expectAtRest } from './at-rest.ts';
import { Liar } from './liar.ts';
import { type Computer, diskInMemory, Rig } from './rig.ts';

let rig: Rig;
let liar: Liar;
beforeAll(async () => {
  rig = await Rig.open(newerServer, diskInMemory());
  liar = await Liar.before(rig.server.url);
});
afterEach(() => {
  liar.instead = () => false;
});
afterAll(async () => {
  await rig.close();
  await liar.close();
});

/** Few, which are many to these computers. */
const names = ['plans/a', 'plans/b', 'plans/c'];
const many = { archiveFrom: names.length, bulkFrom: names.length };

interface ShortCut {
  readonly is: (asked: IncomingMessage) => boolean;
  /** Whether an answer to it that concerns the whole server ends the run; if not, another request finds out. */
  readonly endsRun: boolean;
}

/** Requests that stand for many: each can be done without. */
const shortCuts: Readonly<Record<string, ShortCut>> = {
  'the question what the server can do': {
    is: ({ url }) => url?.includes('/capabilities') === true,
    endsRun: false,
  },
  'a look at a new folder before many files go up together': {
    is: ({ method, headers, url }) =>
      method === 'PROPFIND' && headers.depth === '1' && url?.endsWith('/plans') === true,
    endsRun: true,
  },
  'a POST of many files': { is: ({ method }) => method === 'POST', endsRun: true },
  'a GET of a folder as an archive': {
    is: ({ headers }) => headers.accept === 'application/x-tar',
    endsRun: true,
  },
};

let roots = 0;

/** Two folders of many files: one here, one there. */
async function twoFolders(): Promise<{ readonly desk: Computer; readonly root: string }> {
  roots += 1;
  const root = `root-${roots}`;
  await rig.ana.makeFolder(root);
  await rig.ana.makeFolder(`${root}/there`);
  for (const name of names) await rig.ana.put(`${root}/${name.replace('plans', 'there')}`, name);
  const desk = rig.computer(root, {
    url: liar.url,
    rootPath: `/${root}`,
    options: many,
    ports: { openRemote: ({ remote }) => new NextcloudRemote(remote, { patience }) },
  });
  for (const name of names) desk.write(name, name);
  return { desk, root };
}

test.each(Object.entries(shortCuts))(
  '%s is done without, whatever is answered to it',
  async (_, shortCut) => {
    for (const name of faultNames) {
      const { desk, root } = await twoFolders();
      let isAsked = false;
      liar.instead = (asked, response) => {
        if (isAsked || !shortCut.is(asked)) return false;
        isAsked = true;
        faults[name](asked, response);
        return true;
      };
      const { outcome, conflicts } = await desk.sync();
      const isEnd = shortCut.endsRun && endsRun(usual[name]);
      expect([name, outcome, conflicts]).toEqual([name, isEnd ? outcomeOf(name) : 'inSync', 0]);
      expect(isAsked).toBe(true);
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0, problems: [] });
      await expectAtRest(rig, desk, { root });
      expect(Object.keys(desk.tree())).toHaveLength(2 * names.length + 2);
      await desk.stop();
    }
  },
  120_000,
);

function outcomeOf(name: (typeof faultNames)[number]): string {
  return usual[name] === 'signedOut' ? 'signedOut' : 'offline';
}
