import type { PreloadApi } from '../preload/contract/wire.ts';
import { ChatWorker } from './app/chat-worker.ts';
import { startApp } from './app/start.tsx';
import { appBridge } from './bridge.ts';
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
  const chat = new ChatWorker(
    () => new Worker(new URL('./matrix/worker.ts', import.meta.url), { type: 'module' }),
    () => running.workspace.session.reconnect(),
  );
  const running = await startApp({
    root,
    bridge,
    chat,
    database,
    clock: new Clock(),
    memory: pageMemory(localStorage),
  });
}

const root = document.querySelector('#root');
if (root) await start(root);
