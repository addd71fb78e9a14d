import { openGallery } from '../gallery/gallery-window.ts';
import { keptPictures, readPicture, removePicture, writeNotes, writePicture } from './kept.ts';
import { difference } from './likeness.ts';
import { SHOTS } from './pictures.ts';
import { engineOf, pressed, type Taken, take } from './take.ts';

/**
 * Takes all pictures of the guides anew and removes those that are none any more. Nothing is written before all are
 * taken. Tells each file that is written; throws what `stop` was aborted with.
 */
export async function renewPictures(tell: (file: string) => void, stop: AbortSignal): Promise<void> {
  const { engine, taken } = await takeAll(stop);
  const there = await keptPictures();
  for (const [file, { picture }] of taken) {
    if (there.includes(file) && (await difference(await readPicture(file), picture)) === 0) continue;
    await writePicture(file, await pressed(picture));
    tell(file);
  }
  const words = Object.fromEntries([...taken].map(([file, each]) => [file, each.words]));
  await writeNotes({ engine, words });
  for (const file of there) if (!taken.has(file)) await removePicture(file);
}

async function takeAll(stop: AbortSignal) {
  const gallery = await openGallery();
  try {
    const taken = new Map<string, Taken>();
    for (const shot of SHOTS) {
      stop.throwIfAborted();
      taken.set(shot.file, await take(gallery, shot));
    }
    return { engine: await engineOf(gallery), taken };
  } finally {
    await gallery.close();
  }
}
