import { expect, test } from 'vitest';
import { offersBulk } from './bulk.ts';

test.each([
  [{ dav: { chunking: '1.0', bulkupload: '1.0' }, files: { versioning: true } }, true],
  // Without versions, what is written over would be gone.
  [{ dav: { chunking: '1.0', bulkupload: '1.0' }, files: { versioning: false } }, false],
  [{ dav: { bulkupload: '1.0' } }, false],
  // As recorded from 24.0.5, which has the endpoint and does not say so.
  [{ dav: { chunking: '1.0' }, files: { versioning: true, undelete: true } }, false],
  [undefined, false],
  ['<html>', false],
])('%j: bulk upload is offered: %s', (capabilities, isOffered) => {
  expect(offersBulk(capabilities)).toBe(isOffered);
});
