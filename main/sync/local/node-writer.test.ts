import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, nat, uint8Array } from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localPath } from '../model/paths.ts';
import { openWriter } from './node-writer.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-writer-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test('what was given is in the file, in order, after what was kept, whatever the pieces were', async () => {
  const piece = uint8Array({ maxLength: 5000 });
  await assert(
    asyncProperty(array(piece, { maxLength: 40 }), nat({ max: 9 }), async (pieces, keep) => {
      const path = join(base, 'file');
      writeFileSync(path, '0123456789');
      const writer = await openWriter(localPath(path), keep);
      for (const [index, each] of pieces.entries()) {
        await writer.write(each);
        if (index % 7 === 6) await writer.flush();
      }
      const length = keep + pieces.reduce((sum, each) => sum + each.length, 0);
      expect(writer.position).toBe(length);
      expect(await writer.finish(1_500_000_000_000)).toMatchObject({ kind: 'file', size: length });
      expect(readFileSync(path)).toEqual(
        Buffer.concat([Buffer.from('0123456789').subarray(0, keep), ...pieces]),
      );
    }),
    { numRuns: 50 },
  );
});

test('a flush and a close wait for all that was given', async () => {
  const path = join(base, 'file');
  const writer = await openWriter(localPath(path), 0);
  const piece = Buffer.alloc(1024 * 1024, 'x');
  for (let count = 0; count < 70; count += 1) await writer.write(piece);
  await writer.flush();
  expect(statSync(path).size).toBe(70 * piece.length);
  await writer.write(piece);
  await writer.close();
  expect(statSync(path).size).toBe(71 * piece.length);
});

test('what fails behind is told by the next call', async () => {
  const writer = await openWriter(localPath(join(base, 'file')), 0);
  await writer.close();
  await writer.write(Buffer.from('too late'));
  await expect(writer.flush()).rejects.toThrow('local: other');
  await expect(writer.write(Buffer.from('again'))).rejects.toThrow('local: other');
});
