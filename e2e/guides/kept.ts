import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PICTURES } from './pictures.ts';

const NOTES = join(PICTURES, 'pictures.json');

/** What is known of the pictures that are kept. */
const Notes = z.object({
  /** The Chromium that drew them. */
  engine: z.string(),
  /** What can be read on each file, text by text. */
  words: z.record(z.string(), z.array(z.string()).readonly()),
});
export type Notes = z.infer<typeof Notes>;

export async function readNotes(): Promise<Notes> {
  return Notes.parse(JSON.parse(await readFile(NOTES, 'utf8')));
}

/** One line a picture, so that a change shows which one it is about. */
export async function writeNotes({ engine, words }: Notes): Promise<void> {
  const lines = Object.entries(words).map(
    ([file, said]) => `    ${JSON.stringify(file)}: ${JSON.stringify(said)}`,
  );
  const text = `{\n  "engine": ${JSON.stringify(engine)},\n  "words": {\n${lines.join(',\n')}\n  }\n}\n`;
  await writeFile(NOTES, text);
}

/** The names of the pictures that are there. */
export async function keptPictures(): Promise<readonly string[]> {
  await mkdir(PICTURES, { recursive: true });
  return (await readdir(PICTURES)).filter((name) => name.endsWith('.png')).toSorted();
}

export async function readPicture(file: string): Promise<Buffer> {
  return readFile(join(PICTURES, file));
}

export async function writePicture(file: string, picture: Buffer): Promise<void> {
  await writeFile(join(PICTURES, file), picture);
}

export async function removePicture(file: string): Promise<void> {
  await rm(join(PICTURES, file));
}
