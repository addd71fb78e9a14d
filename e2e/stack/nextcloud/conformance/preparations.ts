/**
 * What the recordings presuppose, keyed by the exchange it happens before: files that were there, quotas, modes.
 * The recorder did these steps without writing them down; they follow from sizes, ids and notes of the exchanges.
 */
import type { Stage } from './stage.ts';

type Step = (stage: Stage) => Promise<unknown>;

/** A png of one pixel, 70 bytes. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const longAgo = 1_500_000_000;
const earlier = 1_400_000_000;

const contentOf = (path: string) => `content of ${path}`;

export const preparations: Readonly<Record<string, Step>> = {
  '01/51': async ({ server }) => {
    server.setMaintenance(false);
    await server.setEnabled('dave', false);
  },

  '02/01': async (stage) => {
    await stage.server.setEnabled('dave', true);
    await stage.folders('alice', '/s2', '/s2/empty', '/s2/a', '/s2/a/b');
    await stage.put('alice', '/s2/a/b/deep.txt', 'deep');
    await stage.put('alice', '/s2/file.txt', 'hello', { mtime: longAgo, checksum: true });
    await stage.put('alice', '/s2/zero.bin', '');
    await stage.put('alice', '/s2/pic.png', pixel);
  },
  '02/29': (stage) => stage.folders('alice', '/s2n'),

  '03/01': (stage) => stage.folders('alice', '/s3', '/s3/dir'),
  '03/71': (stage) => stage.leaveFree('alice', 204_599),
  '03/77': ({ server }) => server.setQuota('alice', 0),
  '03/80': ({ server }) => server.setQuota('alice', null),

  '04/01': async (stage) => {
    await stage.folders('alice', '/s4', '/s4/a', '/s4/a/b', '/s4/c', '/s4/sib');
    await stage.put('alice', '/s4/a/b/f.txt', 'one', { mtime: longAgo });
    await stage.put('alice', '/s4/a/g.txt', 'g');
    await stage.put('alice', '/s4/sib/h.txt', 'h');
  },

  '05/01': async (stage) => {
    await stage.folders('alice', '/s5', '/s5/d');
    await stage.put('alice', '/s5/f.txt', 'abcdefghijklmnopqrstuvwxyz', { mtime: longAgo, checksum: true });
    await stage.put('alice', '/s5/nosum.txt', 'x');
    await stage.put('alice', '/s5/z.bin', '');
    await stage.put('alice', '/s5/p.html', '<b>x</b>');
    await stage.put('alice', '/s5/ké "q".txt', 'x');
    await stage.put('alice', '/s5/d/g.txt', 'gg');
    await stage.learnFileId('alice', '/s5/f.txt', '177');
  },

  '06/01': async (stage) => {
    await stage.folders('alice', '/s6', '/s6/a', '/s6/b', '/s6/full');
    await stage.put('alice', '/s6/f.txt', 'some text');
    await stage.put('alice', '/s6/g.txt', 'g');
    await stage.put('alice', '/s6/h.txt', 'h');
    await stage.put('alice', '/s6/a/in.txt', 'inside of a');
    await stage.put('alice', '/s6/full/in.txt', 'in');
    await stage.put('alice', '/s6/Case.txt', 'upper, lower');
  },
  '06/23': async (stage) => {
    await stage.put('alice', '/s6/src.txt', 'src');
    await stage.put('alice', '/s6/dst.txt', 'dst');
  },
  '06/25': (stage) => stage.put('alice', '/s6/src.txt', 'src'),
  '06/26': (stage) => stage.put('alice', '/s6/src.txt', 'src'),
  '06/27': (stage) => stage.put('alice', '/s6/src.txt', 'src'),
  '06/44': async (stage) => {
    await stage.folders('alice', '/s6/m1', '/s6/m2');
    await stage.put('alice', '/s6/m1/one.txt', '1');
    await stage.put('alice', '/s6/m2/two.txt', '2');
  },
  '06/47': (stage) => stage.put('alice', '/s6/cp.txt', 'cp', { mtime: earlier, checksum: true }),

  '07/01': async (stage) => {
    await stage.folders('alice', '/s7', '/s7/dir');
    await stage.put('alice', '/s7/old.bin', 'old content', { mtime: earlier });
    await stage.learnEtag('alice', '/s7/old.bin', 'fb18de86b820023f2fe5aef79d210c00');
  },
  '07/26': async (stage) => {
    await stage.chunk('alice', 't3', '10', 'ten');
    await stage.chunk('alice', 't3', '2', 'two');
    await stage.chunk('alice', 't3', '1', 'one');
  },
  '07/41': (stage) => stage.leaveFree('alice', 97_596),
  '07/42': async (stage) => {
    await stage.server.setQuota('alice', null);
    await stage.put('alice', '/s7/bulk-old.txt', 'old');
  },

  '08/01': async (stage) => {
    await stage.folders('alice', '/s8', '/s8/d');
    await stage.put('alice', '/s8/t1.txt', 'trash me', { mtime: earlier });
    await stage.put('alice', '/s8/t2.txt', 'two');
    await stage.put('alice', '/s8/d/in.txt', 'in');
    await stage.put('alice', '/s8/v.txt', 'version one');
    await stage.emptyTrash('alice');
    await stage.learnFileId('alice', '/s8/t1.txt', '276');
    await stage.learnFileId('alice', '/s8/v.txt', '279');
  },
  '08/03': async (stage) => {
    const at = stage.server.now();
    await stage.server.pace(at - 1000);
    await stage.delete('alice', '/s8/t1.txt');
    await stage.server.pace(at);
    await stage.delete('alice', '/s8/t2.txt');
    await stage.server.pace(at + 1000);
    await stage.delete('alice', '/s8/d');
  },
  '08/07': (stage) => stage.put('alice', '/s8/t2.txt', 'new'),
  '08/13': (stage) => stage.delete('alice', '/s8/t1.txt'),
  '08/15': async (stage) => {
    await stage.put('alice', '/s8/v.txt', 'version two', { mtime: longAgo });
    await stage.put('alice', '/s8/v.txt', 'version three');
  },
  '08/21': (stage) => stage.put('alice', '/s8/lock.txt', 'l1'),

  '09/01': async (stage) => {
    const folders = ['ro', 'rw', 'all', 'grp', 'pub', 'drop', 'own'].map((name) => `/s9/${name}`);
    await stage.folders('alice', '/s9', ...folders);
    for (const folder of folders) await stage.put('alice', `${folder}/f.txt`, contentOf(`${folder}/f.txt`));
    await stage.put('alice', '/s9/file.txt', contentOf('/s9/file.txt'));
  },
  '09/63': (stage) => stage.put('bob', '/own.txt', 'own'),

  '10/15': async (stage) => {
    await stage.folders('alice', '/s10', '/s10/d');
    await stage.put('alice', '/s10/find-me.txt', 'find me');
    await stage.put('alice', '/s10/d/find-too.md', 'find me too');
    await stage.server.pace(stage.server.now() + 1000);
    await stage.put('alice', '/s10/made.md', '');
    await stage.put('alice', '/s10/m2.md', '');
    await stage.learnFileId('alice', '/s10/find-me.txt', '329');
  },
  '10/22': (stage) => stage.favourite('alice', '/s10/find-me.txt'),

  '11/01': async (stage) => {
    await stage.folders('alice', '/s11', '/s11/dir');
    await stage.upload('alice', 's1');
  },
  '11/10': async (stage) => {
    await stage.upload('alice', 's2');
    await stage.chunk('alice', 's2', '1', 'chunk');
  },
  '11/11': async (stage) => {
    await stage.upload('alice', 's3');
    await stage.chunk('alice', 's3', '1', 'nine char');
  },
  '11/12': (stage) => stage.put('alice', '/s11/n.txt', 'n'),
  '11/13': (stage) => stage.put('alice', '/s11/long.txt', 'long'),
  '11/14': (stage) => stage.put('alice', '/s11/long.txt', 'long'),
  '11/23': (stage) => stage.put('alice', '/s11/lock.txt', 'lock'),
  '11/34': (stage) => stage.share('alice', '/s11/dir', 'carol', 1),
  '11/38': (stage) => stage.share('alice', '/s11/em.txt', 'carol', 1),
  '11/41': async (stage) => {
    await stage.upload('carol', 'u1');
    await stage.chunk('carol', 'u1', '1', 'chunk');
  },
  '11/42': ({ server }) => server.setQuota('dave', 1_048_576),
  '11/43': (stage) => stage.put('dave', '/big.bin', Buffer.alloc(300_000)),
  '11/44': (stage) => stage.folders('dave', '/qd'),
  '11/46': async (stage) => {
    await stage.server.setQuota('dave', null);
    await stage.server.pace(stage.server.now() + 2000);
    await stage.put('alice', '/s11/ino.txt', 'aaaa');
    const { etag } = await stage.stat('alice', '/s11/ino.txt');
    stage.likeness.pair('etag', '1398768c0f8b25e7c36fd985df51a240', etag.replaceAll('"', ''));
  },

  '12/01': async (stage) => {
    await stage.folders('alice', '/s12');
    await stage.put('alice', '/s12/f.txt', 'line of text that compresses well\n'.repeat(40), {
      checksum: true,
    });
    await stage.put('alice', '/s12/small.txt', 'tiny');
    await stage.put('alice', '/s12/b.bin', Buffer.alloc(3000, 7));
  },

  '13/01': async (stage) => {
    stage.server.setFront('php');
    await stage.folders('alice', '/s13', '/s13/drop');
    await stage.put('alice', '/s13/drop/in.txt', 'in');
  },
  '13/12': async (stage) => {
    await stage.put('alice', '/s13/e.txt', 'aaaa');
    await stage.put('alice', '/s13/e.txt', 'bbbb');
  },
  '13/16': async (stage) => {
    await stage.folders('alice', '/s13/dir2');
    await stage.put('alice', '/s13/dir2/x.txt', 'x');
  },

  '14/01': (stage) => stage.folders('alice', '/s14'),
  '14/02': async (stage) => {
    await stage.folders('alice', '/ro14');
    await stage.put('alice', '/ro14/f.txt', 'x');
    await stage.share('alice', '/ro14', 'dave', 1);
  },
  '14/05': async (stage) => {
    const shares = await stage.ocs('alice', 'GET', 'apps/files_sharing/api/v1/shares', {});
    const id = /"id":"(\d+)"(?:(?!"id":).)*"path":"\\\/ro14"/.exec(shares)?.[1] ?? '';
    await stage.ocs('alice', 'PUT', `apps/files_sharing/api/v1/shares/${id}`, { permissions: '15' });
  },

  '16/01': async (stage) => {
    await stage.folders('alice', '/s16');
    await stage.upload('alice', 'w1');
    await stage.chunk('alice', 'w1', '1', 'content');
  },
  '16/04': async (stage) => {
    await stage.folders('alice', '/s16/old');
    await stage.put('alice', '/s16/x.txt', 'x');
  },
};
