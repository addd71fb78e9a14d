import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeElectron } from '../electron/choose.ts';
import { isCommand } from '../setup/apt.ts';
import { interrupted } from '../setup/interrupted.ts';
import type { Agent } from './agent.ts';
import { openBrowser } from './browser.ts';
import { makeWorld, type World } from './world.ts';

const DATA = join(import.meta.dirname, '../../.local/demo');

/**
 * `npm run demo`: two agents at their programs on the person's display, signed in, until both windows are closed
 * or Ctrl-C is pressed. What they did is there at the next start, unless it is a reset.
 */
export async function runDemo(reset: boolean): Promise<number> {
  if (!process.env['DISPLAY']) {
    console.error(
      'There is no display to open windows on. `npm run demo -- --tour` needs none: it shows pictures.',
    );
    return 1;
  }
  const progress = (line: string) => console.log(`${line} ...`);
  const world = await makeWorld({ dataDir: DATA, reset, onScreen: true, progress });
  console.log(`The program runs in ${describeElectron(world.electron)}.`);
  const stopped = interrupted();
  try {
    const working = openBoth(world);
    await Promise.race([working, stopped]);
    const why = await Promise.race([
      stopped,
      world.stack.broken,
      world.allClosed().then(() => 'closed' as const),
    ]);
    if (why === undefined || why === 'closed') return 0;
    console.error(why);
    return 1;
  } finally {
    await world.end();
  }
}

async function openBoth(world: World): Promise<void> {
  for (const [index, key] of (['nadia', 'karim'] as const).entries()) {
    const agent = await world.open(key);
    await place(agent, index);
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
