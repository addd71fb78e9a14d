import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes long is begun first, so that at the end no worker waits for another's file. A later run knows how long each
 * file took in the one before; the first run, as that of a submission, would go by the sizes of the files, which say
 * nothing of it.
 *
 * What waits more than it works (for a limit of bandwidth, for an answer that comes late) is strewn among what keeps a
 * processor busy: several of them side by side would leave the processors idle.
 */
export const order = [
  'e2e/accessibility/every-screen',
  'e2e/journeys/two-agents',
  'e2e/journeys/one-agent',
  // One behind the other, for a window of the gallery is kept only while the next file uses it too.
  'e2e/accessibility/',
  'e2e/sync/answers',
  'e2e/sync/hanging-drive',
  'e2e/sync/limits',
  'e2e/simulate/simulate',
  'e2e/sync/webdav.server',
  'main/files/transfers.server',
  'renderer/matrix/chat.server',
  'e2e/sync/doubt',
  'e2e/sync/read-back',
  'e2e/sync/watching',
  'e2e/journeys/network',
  'main/files/chosen-folders.server',
  'main/files/decisions.server',
  'e2e/package/linux.server',
  'renderer/matrix/crypto/protection.server',
  'e2e/sync/failing-journal',
  'e2e/sync/beside-peer-at-random.server',
  'e2e/sync/killed',
];

/** Starts test files in this order, then all others, the longest first. */
export class OrderOfTests extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is the sequencer's own sort, of no array
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const index = order.findIndex((start) => moduleId.includes(`/${start}`));
  return index === -1 ? order.length : index;
}
