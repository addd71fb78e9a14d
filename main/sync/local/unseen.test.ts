import { expect, test } from 'vitest';
import { Unseen } from './unseen.ts';

const refusal = (code: string): Error => Object.assign(new Error(code), { code });

test('a few that can’t be looked at are named, with what the system said', () => {
  const unseen = new Unseen();
  unseen.add('a', refusal('EPERM'));
  unseen.add('b', refusal('UNKNOWN'));
  unseen.refuseAll(3);
  expect(unseen.entries).toEqual([
    { name: 'a', entry: { kind: 'special', what: 'unseen', errno: 'EPERM' } },
    { name: 'b', entry: { kind: 'special', what: 'unseen', errno: 'UNKNOWN' } },
  ]);
});

test('a drive that is gone, too many, all of a folder, or no word of the system is the folder’s failure', () => {
  expect(() => new Unseen().add('a', refusal('EHOSTDOWN'))).toThrow('EHOSTDOWN');
  expect(() => new Unseen().add('a', new Error('the drive does not answer'))).toThrow('does not answer');
  const many = new Unseen();
  for (let count = 0; count < 20; count += 1) many.add(String(count), refusal('EIO'));
  expect(() => many.add('one more', refusal('EIO'))).toThrow('EIO');
  const all = new Unseen();
  all.add('a', refusal('EACCES'));
  all.refuseAll(1);
  all.add('b', refusal('EACCES'));
  expect(() => all.refuseAll(2)).toThrow('EACCES');
});
