import { expect, test } from 'vitest';
import { Drives } from './drives.ts';
import { linuxMount, macMount, windowsMount } from './mounts.ts';

const table = [
  '22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw',
  '30 22 8:2 / /home rw - ext4 /dev/sda2 rw',
  '41 30 0:44 / /home/ana/Bureau\\040commun rw shared:9 - nfs4 nas:/bureau rw,vers=4.2',
  '42 30 0:45 / /mnt/cle rw - fuseblk /dev/sdb1 rw',
  '43 30 0:46 / /mnt/partage rw - autofs systemd-1 rw',
  '44 43 0:47 / /mnt/partage rw - cifs //nas/partage rw',
  '45 30 0:48 / /mnt/ssh rw - fuse.sshfs ana@host: rw',
].join('\n');

test.each([
  ['/home/ana/Traboule', '/home', false],
  ['/home/ana/Bureau commun/Salons', '/home/ana/Bureau commun', true],
  ['/home/ana/Bureau commun 2', '/home', false],
  ['/mnt/cle/x', '/mnt/cle', false],
  ['/mnt/partage', '/mnt/partage', true],
  ['/mnt/ssh/x', '/mnt/ssh', true],
  ['/srv', '/', false],
])('on Linux, %s is on %s, over the network: %s', (folder, point, isRemote) => {
  expect(linuxMount(folder, table)).toEqual({ point, isRemote });
});

test.each([
  ['C:\\Users\\ana\\Traboule', 'C:\\', false],
  ['\\\\nas\\bureau\\Traboule', '\\\\nas\\bureau\\', true],
])('on Windows, %s is on %s, over the network: %s', (folder, point, isRemote) => {
  expect(windowsMount(folder)).toEqual({ point, isRemote });
});

test('on macOS, what is mounted is below /Volumes', () => {
  expect(macMount('/Volumes/Bureau/Salons')).toEqual({ point: '/Volumes/Bureau', isRemote: true });
  expect(macMount('/Users/ana')).toEqual({ point: '/', isRemote: false });
});

test('folders on one network drive share it, those of this computer have one each, the same one each time', () => {
  const drives = new Drives(undefined, (folder) => linuxMount(folder, table));
  const of = (folder: string) => drives.of(folder).drive;
  expect(of('/mnt/ssh/a')).toBe(of('/mnt/ssh/b'));
  expect(of('/mnt/ssh/a')).not.toBe(of('/mnt/partage/a'));
  expect(of('/home/ana/a')).not.toBe(of('/home/ana/b'));
  expect(of('/home/ana/a')).toBe(of('/home/ana/a'));
});
