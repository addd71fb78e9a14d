import { app, dialog, Menu } from 'electron';
import type { Log } from '../log/log.ts';
import { createTexts, languageOf } from './texts.ts';

/** Runs the start of the program; what is thrown is shown to the person and ends it. */
export function stopWhenFatal(run: () => void): void {
  try {
    run();
  } catch (error) {
    explainFatal(error);
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
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}\n`);
  Menu.setApplicationMenu(null);
  dialog.showErrorBox(texts('fatal.title'), `${texts('fatal.body')}\n\n${detail}`);
  app.exit(1);
}
