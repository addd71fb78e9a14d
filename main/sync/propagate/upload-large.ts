import { partialUpload } from '../journal/transfers.ts';
import { RemoteFailure, type RemoteFailureCode } from '../model/failures.ts';
import type { Stored } from '../ports/remote.ts';
import type { RunContext } from './context.ts';
import { LineTrial, partSizeFor, TooSlow } from './line-trial.ts';
import { noteParts, uploadInParts } from './upload-parts.ts';
import type { UploadSource } from './upload-source.ts';
import { uploadWhole } from './upload-whole.ts';

/** After these the file itself or its place is the matter, and not that it is sent whole. */
const notForItsSize: ReadonlySet<RemoteFailureCode> = new Set<RemoteFailureCode>([
  'contentChanged',
  'conditionFailed',
  'forbidden',
  'notFound',
  'nameRefused',
  'locked',
  'quotaFull',
  'unauthorised',
  'unreachable',
  'maintenance',
]);

/**
 * Sends a large file: whole on a line that is fast enough, else in parts. One that was to go whole and did not arrive
 * goes in parts from then on, be it that something on the way takes no more at once or that it does not last so long.
 */
export async function uploadLarge(source: UploadSource, context: RunContext): Promise<Stored> {
  const { journal, options, reporter, clock } = context;
  if (!options.wholeIfFast || partialUpload(journal, source.path) !== undefined)
    return uploadInParts(source, options.chunkSize, context);
  const trial = new LineTrial(source.local.size);
  let sent = 0;
  try {
    return await uploadWhole(source, context, (bytes) => {
      sent = bytes;
      trial.passed(bytes, clock.now());
    });
  } catch (error) {
    const isTooSlow = error instanceof TooSlow;
    const isTooLarge = error instanceof RemoteFailure && error.code === 'tooLarge';
    if (!isTooSlow && !isTooLarge) {
      if (error instanceof RemoteFailure && !notForItsSize.has(error.code))
        noteParts(source, options.chunkSize, context);
      throw error;
    }
    // What went up so far goes up again.
    reporter.skipped(source.path, -sent);
    const partSize = isTooSlow ? Math.max(options.chunkSize, partSizeFor(error.rate)) : options.chunkSize;
    return uploadInParts(source, partSize, context);
  }
}
