import { looksAside } from '../local/looks-aside.ts';
import { DriveSilent } from '../model/failures.ts';
import type { FileSystem, FileWriter, Trash } from '../ports/file-system.ts';
import type { Drive } from './drive.ts';

/** How a drive is asked. */
export interface Manner {
  /** Looks are made aside from the first, by the pool of threads: of a drive that may hang. */
  readonly isAside: boolean;
  /** Makes them so; a test gives its own. */
  readonly aside?: Pick<FileSystem, 'look' | 'list' | 'read'>;
}

/**
 * A disk whose every answer is waited for only so long; DriveSilent is thrown when none comes. Looks at a drive of this
 * computer are made at once, as `quick` makes them, until it hung or turns out to be a share of the network.
 */
export function patientFileSystem(quick: FileSystem, drive: Drive, manner: Manner): FileSystem {
  const aside = manner.aside ?? looksAside((call) => drive.look(call));
  let { isAside } = manner;
  /** Which looks to make now. Throws DriveSilent rather than ask a drive that owes an answer. */
  const looks = (): typeof aside => {
    if (drive.isSilent) {
      isAside = true;
      throw new DriveSilent();
    }
    return isAside ? aside : quick;
  };
  return {
    look: async (path) => looks().look(path),
    list: async (path) => looks().list(path),
    read: (path, range) => patientPieces(() => looks().read(path, range), drive),
    write: async (path, keep) => patientWriter(await drive.work(() => quick.write(path, keep)), drive),
    makeFolder: (path) => drive.work(() => quick.makeFolder(path)),
    moveExclusive: (from, to) => drive.work(() => quick.moveExclusive(from, to)),
    replace: (temporary, target, displaced) => drive.work(() => quick.replace(temporary, target, displaced)),
    putAll: (files) => drive.work(() => quick.putAll(files)),
    openForWriting: (paths) => drive.work(() => quick.openForWriting(paths)),
    remove: (path) => drive.work(() => quick.remove(path)),
    removeEmptyFolder: (path) => drive.work(() => quick.removeEmptyFolder(path)),
    resolve: async (path) => {
      const real = await drive.look(() => quick.resolve(path));
      // A letter of Windows says nothing, what it stands for does.
      if (real.startsWith('\\\\')) isAside = true;
      return real;
    },
    ignoresCase: (folder) => drive.work(() => quick.ignoresCase(folder)),
    join: (folder, name) => quick.join(folder, name),
  };
}

/** A trash that is waited for only so long. */
export function patientTrash(trash: Trash, drive: Drive): Trash {
  return { put: (path, isMeant) => drive.work(() => trash.put(path, isMeant)) };
}

async function* patientPieces(
  read: () => AsyncIterable<Uint8Array>,
  drive: Drive,
): AsyncGenerator<Uint8Array> {
  const pieces = read()[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await drive.look(() => pieces.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await endedBy(drive, async () => void (await pieces.return?.()));
  }
}

function patientWriter(writer: FileWriter, drive: Drive): FileWriter {
  return {
    get position() {
      return writer.position;
    },
    write: (chunk) => drive.work(() => writer.write(chunk)),
    flush: () => drive.work(() => writer.flush()),
    finish: (modifiedMs) => drive.work(() => writer.finish(modifiedMs)),
    close: () => endedBy(drive, () => writer.close()),
  };
}

/** Ends something. Of a drive that owes an answer it ends whenever that comes: nobody waits, or hears how it went. */
async function endedBy(drive: Drive, end: () => Promise<void>): Promise<void> {
  if (!drive.isSilent) return drive.work(end);
  end().catch(() => undefined);
}
