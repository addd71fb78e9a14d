import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes long, the longest first. A later run knows how long each file took in the one before; the
 * first run, as that of a submission, would go by the sizes of the files, which say nothing of it.
 */
export const long = [
  'e2e/accessibility/every-screen',
  'e2e/journeys/two-agents',
  'e2e/journeys/one-agent',
  // One behind the other, for a window of the gallery is kept only while the next file uses it too.
  'e2e/accessibility/',
  'e2e/simulate/simulate',
  'e2e/journeys/network',
  'renderer/matrix/chat.server',
  'e2e/package/linux',
  'e2e/sync/failing-journal',
  'e2e/sync/answers',
  'renderer/matrix/crypto/protection.server',
  'e2e/sync/webdav',
  'e2e/sync/killed',
];

/** Starts the longest files first, so that at the end no worker waits for another's. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is the sequencer's own sort, of no array
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const index = long.findIndex((start) => moduleId.includes(`/${start}`));
  return index === -1 ? long.length : index;
}
