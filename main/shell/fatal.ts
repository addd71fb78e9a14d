import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, Menu } from 'electron';
import type { Log } from '../log/log.ts';
import { checkProfile } from '../store/profile.ts';
import { createTexts, languageOf, type TextKey } from './texts.ts';

/** A reason not to start that the person can be told in plain words. */
class StartRefusal extends Error {
  readonly text: TextKey;

  constructor(text: TextKey, detail: string) {
    super(detail);
    this.name = 'StartRefusal';
    this.text = text;
  }
}

/** Runs the start of the program; what is thrown is shown to the person and ends it. */
export function stopWhenFatal(run: () => void): void {
  try {
    run();
  } catch (error) {
    explainFatal(error);
  }
}

/** Throws when the data folder can't be written, or is one of a newer program's: nothing may touch it then. */
export function refuseForeignProfile(): void {
  const folder = app.getPath('userData');
  const profile = checkProfile(folder, app.getVersion());
  switch (profile.state) {
    case 'fine':
      return;
    case 'read-only':
      throw new StartRefusal('fatal.readOnly', folder);
    case 'newer':
      throw new StartRefusal('fatal.newer', `${app.getVersion()} < ${profile.writtenBy}`);
  }
}

/** What nobody caught stands in the log, instead of in an English box of Electron's; the program goes on. */
export function logStrays(log: Log): void {
  process.on('uncaughtException', (error) => log.error('program.uncaught', {}, error));
  process.on('unhandledRejection', (error) => log.error('program.unhandled', {}, error));
}

/** For a program that can't start: says so in the system's language, with what an administrator needs, and ends it. */
export function explainFatal(error: unknown): void {
  const texts = createTexts(() => languageOf('system', app.getLocale() || (process.env['LANG'] ?? '')), {
    product: app.getName(),
  });
  const detail = error instanceof Error ? error.message : '';
  const words = `${texts(error instanceof StartRefusal ? error.text : 'fatal.body')}\n\n${detail}`;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`);
  Menu.setApplicationMenu(null);
  const show = (): void => {
    dialog.showErrorBox(texts('fatal.title'), words);
    app.exit(1);
  };
  if (error instanceof StartRefusal) showElsewhere(words, show);
  else show();
}

/** Before Electron is ready Linux shows no box, and becoming ready writes to the data folder: to another one, then. */
function showElsewhere(words: string, show: () => void): void {
  process.stderr.write(`${words}\n`);
  app.setPath('userData', mkdtempSync(join(tmpdir(), 'not-started-')));
  void app.whenReady().then(show);
}
