import type { Session } from 'electron';
import type { Settings } from '../../preload/contract/settings.ts';
import type { Log } from '../log/log.ts';
import { type DictionaryServer, serveDictionaries } from '../spelling/dictionary-server.ts';
import { languagesOf } from '../spelling/languages.ts';

/** What of a session the spelling is about. */
type SpelledSession = Pick<
  Session,
  'setSpellCheckerEnabled' | 'setSpellCheckerLanguages' | 'setSpellCheckerDictionaryDownloadURL'
> & {
  readonly on: (
    event: 'spellcheck-dictionary-download-failure',
    listener: (event: unknown, language: string) => void,
  ) => unknown;
};

/** What spelling is checked with. */
export interface SpellingParts {
  /** The folder of the package's dictionaries. */
  readonly dictionaries: string;
  readonly settings: {
    readonly view: () => { readonly values: Pick<Settings, 'spelling'> };
    readonly onChange: (listener: () => void) => unknown;
  };
  readonly log: Log;
}

/** Chromium refuses this port itself: nothing is ever asked for outside of this computer. */
const NOWHERE = 'http://127.0.0.1:1/';
/** However slow the disk: by then Chromium has taken a dictionary over. */
const TAKEN_WITHIN_MS = 30_000;

/**
 * Checks the spelling in a session's pages, as the settings want it now and after each change. Chromium keeps dictionaries
 * among the program's data; those that it lacks (at the first start, for a language chosen later, after another version)
 * it is given on the loopback address, for as long as that takes. On macOS the system's own checker is used.
 */
export function checkSpelling(session: SpelledSession, { dictionaries, settings, log }: SpellingParts): void {
  let server: DictionaryServer | null = null;
  let isServing = false;
  let chosen: string | null = null;
  const wanted = (): string[] => languagesOf(settings.view().values.spelling);
  const use = (languages: string[]): void => {
    session.setSpellCheckerEnabled(languages.length > 0);
    session.setSpellCheckerLanguages(languages);
  };
  const follow = (): void => {
    const { spelling } = settings.view().values;
    if (spelling === chosen) return;
    chosen = spelling;
    use(wanted());
  };
  const endServer = (): void => {
    server?.close();
    server = null;
    isServing = false;
    session.setSpellCheckerDictionaryDownloadURL(NOWHERE);
  };
  const serve = async (): Promise<void> => {
    isServing = true;
    server = await serveDictionaries(dictionaries);
    session.setSpellCheckerDictionaryDownloadURL(server.url);
    // The same languages once more would be no change, and nothing would be asked for.
    use([]);
    use(wanted());
    setTimeout(endServer, TAKEN_WITHIN_MS).unref();
  };
  session.on('spellcheck-dictionary-download-failure', (_event, language) => {
    if (isServing) log.warn('spelling.no-dictionary', { language });
    else
      serve().catch((error: unknown) => {
        endServer();
        log.warn('spelling.not-served', {}, error);
      });
  });
  session.setSpellCheckerDictionaryDownloadURL(NOWHERE);
  follow();
  settings.onChange(follow);
}
