import { z } from 'zod';

/** What a file or folder of a salon is doing; `left-out`: it stays on this PC only. */
export const EntryState = z.enum([
  'synced',
  'uploading',
  'downloading',
  'waiting',
  'left-out',
  'problem',
  'conflict',
  'online-only',
]);

/** What is worth a word in a folder and asks for nothing; the page has the words. */
export const NoticeCode = z.enum([
  'restored',
  'recovered',
  'no-trash',
  'compared-anew',
  'left-out-link',
  'left-out-special',
  'left-out-size',
  'left-out-rules',
  'left-out-list',
]);
export type NoticeCode = z.infer<typeof NoticeCode>;
