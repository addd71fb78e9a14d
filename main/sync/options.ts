import type { PairOptions } from './api.ts';

const megabyte = 1024 * 1024;

/** What holds where nothing else is said. */
export const defaultOptions: PairOptions = {
  conflictLabel: 'copie en conflit',
  ignore: [],
  unwanted: [],
  maxFileSize: Number.POSITIVE_INFINITY,
  mostBytes: Number.POSITIVE_INFINITY,
  windowsNames: process.platform === 'win32',
  chunkThreshold: 20 * megabyte,
  wholeIfFast: true,
  chunkSize: 5 * megabyte,
  archiveFrom: 8,
  smallFile: 256 * 1024,
  bulkFrom: 4,
  parallel: 4,
  quietMs: 2000,
  pollSeconds: 30,
  guard: { files: 100, share: 0.5, shareFrom: 10, emptiedFrom: 3 },
};
