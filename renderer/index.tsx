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
    storageKey: async () => {
      const session = await bridge.accounts.chatSession();
      return session.ok ? session.value.storageKey : null;
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
  void loadWorker(bridge, chat);
  const { startApp } = await import('./app/start.tsx');
  running = await startApp({
    root,
    bridge,
    chat,
    database,
    clock: new Clock(),
    memory: pageMemory(localStorage),
  });
}

/** The list waits for the worker: it is loaded while the interface is, on another processor. */
async function loadWorker({ accounts }: AppBridge, chat: ChatWorker): Promise<void> {
  const account = await accounts.state();
  if (account.ok && account.value.chat.status === 'signed-in') chat.prepare(account.value.chat.serverUrl);
}

const root = document.querySelector('#root');
if (root) await start(root);
