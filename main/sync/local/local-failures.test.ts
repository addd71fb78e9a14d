import { expect, test } from 'vitest';
import { LocalFailure } from '../model/failures.ts';
import { onDisk } from './local-failures.ts';

const failing = (code: string) => () => {
  throw Object.assign(new Error(`${code}: something, open 'plan.pdf'`), { code });
};

test('what Windows has no name for is a refusal of the disk, and no fault of the program', async () => {
  await expect(onDisk('read', failing('UNKNOWN'))).rejects.toMatchObject(
    new LocalFailure('other', { errno: 'UNKNOWN' }),
  );
});

test('an error of Node is none of the disk', async () => {
  await expect(onDisk('read', failing('ERR_INVALID_ARG_TYPE'))).rejects.not.toBeInstanceOf(LocalFailure);
});
