import type { PreloadApi } from '../preload/contract/wire.ts';
import { ChatWorker } from './app/chat-worker.ts';
import type { Running } from './app/start.tsx';
import { type AppBridge, appBridge } from './bridge.ts';
import { openPageDatabase } from './salons/stores/page-database.ts';
import { pageMemory } from './salons/stores/view-memory.ts';
import { Clock } from './ui/clock.ts';

declare global {
  interface Window {
    /** Put there by preload/app.ts. */
    readonly traboule: PreloadApi;
  }
}

/** The app window: main behind its bridge, the chat in its worker, the interface over both. */
async function start(root: Element): Promise<void> {
  const bridge = appBridge(window.traboule);
  const report = (event: string, problem: Error) =>
    void bridge.app.log({
      level: 'error',
      event,
      details: { name: problem.name, message: problem.message.slice(0, 500) },
    });
  const database = openPageDatabase({
    factory: indexedDB,
    owner: async () => {
      const storage = await bridge.accounts.pageStorage();
      return storage.ok ? storage.value : null;
    },
    onTrouble: (problem) => report('page.database', problem),
  });
  let running: Running | null = null;
  const chat = new ChatWorker(
    () => new Worker(new URL('./matrix/worker.ts', import.meta.url), { type: 'module' }),
    () => {
      void bridge.diagnostics.noteChatCrash();
      running?.workspace.session.reconnect();
    },
  );
  const whose = { stores: '' };
  // Whoever signed out is still cleared away under their own name.
  bridge.accounts.on('changed', ({ id, stores: theirs }) => {
    if (id !== null) whose.stores = theirs;
  });
  const [{ startApp }, stores] = await Promise.all([import('./app/start.tsx'), loadWorker(bridge, chat)]);
  whose.stores = stores;
  running = await startApp({
    root,
    bridge,
    chat,
    database,
    clock: new Clock(),
    memory: pageMemory(localStorage, () => whose.stores),
  });
}

/**
 * The list waits for the worker: it is loaded while the interface is, on another processor. Answers the name of the
 * stores of the account that is shown.
 */
async function loadWorker({ accounts }: AppBridge, chat: ChatWorker): Promise<string> {
  const account = await accounts.state();
  if (!account.ok) return '';
  if (account.value.chat.status === 'signed-in') chat.prepare(account.value.chat.serverUrl);
  return account.value.stores;
}

const root = document.querySelector('#root');
if (root) await start(root);
