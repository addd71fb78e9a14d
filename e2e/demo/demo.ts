import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeElectron } from '../electron/choose.ts';
import { isCommand } from '../setup/apt.ts';
import { useUntilStopped } from '../setup/stop.ts';
import type { Agent } from './agent.ts';
import { openBrowser } from './browser.ts';
import { makeWorld, type World } from './world.ts';

/** Where the demo keeps what it knows, and what it begins with. */
export interface DemoOptions {
  dataDir: string;
  reset: boolean;
  /** Takes what the person reads. */
  print: (text: string) => void;
}

/**
 * `npm run demo`: two agents at their programs on the person's display, signed in, until both windows are closed
 * or `stop` aborts. What they did is there at the next start, unless it is a reset. Gives the exit code.
 */
export async function runDemo({ dataDir, reset, print }: DemoOptions, stop: AbortSignal): Promise<number> {
  const progress = (line: string) => print(`${line} ...`);
  const starting = makeWorld({ dataDir, reset, onScreen: true, progress });
  const end = (world: World) => world.end();
  const why = await useUntilStopped({ starting, end, stop }, async (world) => {
    print(`The program runs in ${describeElectron(world.electron)}.`);
    await openBoth(world, print).catch((error: unknown) => {
      // A person may close a window before all is ready.
      if (world.allOpen()) throw error;
    });
    return Promise.race([world.stack.broken, world.allClosed().then(() => undefined)]);
  });
  if (why) print(why);
  return why ? 1 : 0;
}

async function openBoth(world: World, print: (text: string) => void): Promise<void> {
  for (const [index, key] of (['nadia', 'karim'] as const).entries()) {
    const agent = await world.open(key);
    await endWithWindow(agent);
    print(`${agent.person.displayName} signs in ...`);
    const code = await agent.signInIfNeeded();
    if (code !== null) print(toSignInAgain(agent, code));
    agent.links.onLink((link) => void show(world, agent, link));
    await place(agent, index);
  }
  print(`
Both windows are open. Things to try, from one window to the other:
  - write in the salon "Coupe du monde de rugby" and read it in the other window, encrypted end to end;
  - drop a file on the conversation, and find it in the other's folder:
    ${world.agents.map((agent) => `${agent.person.displayName}: ${agent.folder}`).join('\n    ')}
  - press the telephone ("Appeler"), and accept in the other window.
Closing both windows or Ctrl-C stops everything.`);
}

/** What a person needs who signs out to try it by hand. */
function toSignInAgain({ person }: Agent, code: string): string {
  return `  as ${person.name}, password ${person.password}, recovery code ${code}`;
}

/** Ends the program with its window: usually it would stay near the clock, and the demo with it. */
async function endWithWindow({ program }: Agent): Promise<void> {
  await program.app.evaluate(({ app, BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.once('close', () => setImmediate(() => app.quit()));
  });
}

/** Puts the windows side by side. */
async function place({ program }: Agent, index: number): Promise<void> {
  await program.app.evaluate(({ BrowserWindow, screen }, left) => {
    const { x, y, width, height } = screen.getPrimaryDisplay().workArea;
    const half = Math.max(800, Math.floor(width / 2));
    const bounds = { x: x + left * (width - half), y, width: half, height };
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
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
