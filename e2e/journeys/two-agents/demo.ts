import { runDemo } from '../../demo/demo.ts';
import { openDisplay } from '../../electron/display.ts';

/** How a demo went. */
export interface Demo {
  readonly exitCode: number;
  /** What the person read. */
  readonly said: string;
}

/** Starts the demo on clean servers, on a display in memory, and presses Ctrl-C once both windows are open. */
export async function demoUntilCtrlC(dataDir: string): Promise<Demo> {
  const ownDisplay = process.env['DISPLAY'];
  const display = await openDisplay(true);
  process.env['DISPLAY'] = display.name;
  try {
    const stop = new AbortController();
    const said: string[] = [];
    const print = (text: string) => {
      said.push(text);
      if (text.includes('Both windows are open')) stop.abort();
    };
    const exitCode = await runDemo({ dataDir, reset: true, print }, stop.signal);
    return { exitCode, said: said.join('\n') };
  } finally {
    if (ownDisplay === undefined) delete process.env['DISPLAY'];
    else process.env['DISPLAY'] = ownDisplay;
    display.close();
  }
}
