import type { FilesOverview, SalonFolder } from '../../../preload/contract/files.ts';
import type { Phrase, Words } from '../../i18n/index.ts';
import { saidOf } from '../../i18n/said-of.ts';
import { fileName } from '../../ui/file-name.ts';
import type { Readable } from '../../ui/store.ts';
import { folderState } from '../folder-state.ts';
import type { Sending } from './transfers-store.ts';

interface Needs {
  readonly overview: Readable<FilesOverview | null>;
  readonly sendings: Readable<readonly Sending[]>;
  /** Makes a text in the language of the moment. */
  readonly speak: (phrase: Phrase) => string;
  readonly say: (text: string) => void;
}

/**
 * Tells screen readers what newly goes wrong with files, wherever the person is: a folder that needs them, a file that
 * could not be put into one. How the folders were when the program came up is on the page. @returns the way to stop
 */
export function tellTroubles({ overview, sendings, speak, say }: Needs): () => void {
  const known = new Map<string, string>();
  const note = (about: string, line: string, aloud: boolean) => {
    if (aloud && line !== '' && line !== known.get(about)) say(line);
    known.set(about, line);
  };
  let isFirst = true;
  const lookAtFolders = () => {
    const { folders } = overview.get() ?? {};
    for (const folder of folders ?? [])
      if (!UNDER_WAY.has(folder.activity.state))
        note(
          folder.salonId,
          speak((words) => folderLine(folder, words)),
          !isFirst,
        );
    isFirst &&= folders === undefined;
  };
  const lookAtFiles = () => {
    for (const sending of sendings.get())
      note(
        sending.transfer.transferId,
        speak((words) => fileLine(sending, words)),
        true,
      );
  };
  lookAtFolders();
  const stops = [overview.subscribe(lookAtFolders), sendings.subscribe(lookAtFiles)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What goes on says nothing of what was wrong before it. */
const UNDER_WAY: ReadonlySet<SalonFolder['activity']['state']> = new Set([
  'starting',
  'scanning',
  'syncing',
  'offline',
  'maintenance',
  'paused',
]);

/** Empty for a folder that is well. */
function folderLine(folder: SalonFolder, words: Words): string {
  const { tone, title } = folderState(folder, words);
  return tone === 'ok' ? '' : saidOf(folder.name, title, words);
}

/** Empty for a file that is not stuck. */
function fileLine({ transfer: { path, step } }: Sending, words: Words): string {
  if (step.step !== 'failed') return '';
  return saidOf(fileName(path), words.t(`errors:problem.${step.problem}.title`), words);
}
