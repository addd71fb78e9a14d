import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeElectron } from '../electron/choose.ts';
import { isCommand } from '../setup/apt.ts';
import { useUntilStopped } from '../setup/stop.ts';
import type { Agent } from './agent.ts';
import { openBrowser } from './browser.ts';
import { makeWorld, type World } from './world.ts';

const DATA = join(import.meta.dirname, '../../.local/demo');

/**
 * `npm run demo`: two agents at their programs on the person's display, signed in, until both windows are closed
 * or `stop` aborts. What they did is there at the next start, unless it is a reset.
 */
export async function runDemo(reset: boolean, stop: AbortSignal): Promise<number> {
  const progress = (line: string) => console.log(`${line} ...`);
  const starting = makeWorld({ dataDir: DATA, reset, onScreen: true, progress });
  const end = (world: World) => world.end();
  const code = await useUntilStopped({ starting, end, stop }, async (world) => {
    console.log(`The program runs in ${describeElectron(world.electron)}.`);
    await openBoth(world).catch((error: unknown) => {
      // A person may close a window before all is ready.
      if (world.allOpen()) throw error;
    });
    const why = await Promise.race([world.stack.broken, world.allClosed().then(() => undefined)]);
    if (why) console.error(why);
    return why ? 1 : 0;
  });
  return code ?? 0;
}

async function openBoth(world: World): Promise<void> {
  for (const [index, key] of (['nadia', 'karim'] as const).entries()) {
    const agent = await world.open(key);
    await prepare(agent, index);
    console.log(`${agent.person.displayName} signs in ...`);
    await agent.signInIfNeeded();
    agent.links.onLink((link) => void show(world, agent, link));
  }
  console.log(`
Both windows are open. Things to try, from one window to the other:
  - write in the salon "Coupe du monde de rugby" and read it in the other window, encrypted end to end;
  - drop a file on the conversation, and find it in the other's folder:
    ${world.agents.map((agent) => `${agent.person.displayName}: ${agent.folder}`).join('\n    ')}
  - press the telephone ("Appeler"), and accept in the other window.
Closing both windows or Ctrl-C stops everything.`);
}

/** Puts the windows side by side. One that is closed ends its program, which would stay near the clock for a person. */
async function prepare({ program }: Agent, index: number): Promise<void> {
  await program.app.evaluate(({ app, BrowserWindow, screen }, left) => {
    const { x, y, width, height } = screen.getPrimaryDisplay().workArea;
    const half = Math.max(800, Math.floor(width / 2));
    const bounds = { x: x + left * (width - half), y, width: half, height };
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds(bounds);
    window?.on('hide', () => app.quit());
  }, index);
}

/** Opens a link in the person's browser, or in a small window where there is none. */
async function show(world: World, agent: Agent, link: string): Promise<void> {
  if (['firefox', 'chromium', 'google-chrome', 'x-www-browser'].some(isCommand) && isCommand('xdg-open')) {
    spawn('xdg-open', [link], { stdio: 'ignore', detached: true }).unref();
    return;
  }
  await openBrowser(
    { electron: world.electron, display: world.display.name, folder: join(agent.profile, 'browser') },
    link,
  );
}
