// A window that stands in for the system's browser where there is none: shows the address it is started with.
import { app, BrowserWindow } from 'electron';

const address =
  process.argv.findLast((argument) => argument.startsWith('http://127.0.0.1:')) ?? 'about:blank';
const partition = process.argv.includes('--remembers') ? 'persist:browser' : 'browser';

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 720,
    height: 640,
    title: 'Navigateur',
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, partition },
  });
  return window.loadURL(address);
});
app.on('window-all-closed', () => app.quit());
