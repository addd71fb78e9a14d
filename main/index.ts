import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, protocol } from 'electron';

protocol.registerSchemesAsPrivileged([
  { scheme: 'traboule', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

void app.whenReady().then(() => {
  const pages = join(import.meta.dirname, '../renderer');
  protocol.handle('traboule', async (request) => {
    const path = new URL(request.url).pathname;
    const type = path.endsWith('.html') ? 'text/html' : path.endsWith('.js') ? 'text/javascript' : 'text/css';
    return new Response(await readFile(join(pages, path)), { headers: { 'content-type': type } });
  });
  const window = new BrowserWindow({
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/app.cjs'),
      sandbox: true,
      contextIsolation: true,
    },
  });
  return window.loadURL('traboule://app/index.html');
});
