import { protocol, type Session } from 'electron';
import type { PageServer } from './pages.ts';

/** The own scheme behaves as https does. Must run before Electron is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'traboule', privileges }]);
}

/** Lets a session load the program's pages. */
export function servePages(session: Session, serve: PageServer): void {
  session.protocol.handle('traboule', (request) => serve(request));
}
