import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** A page, asked over Chromium's own protocol: it starts no slower for being watched. */
export interface WatchedPage {
  /** Runs a function in the page and gives what it answers, as JSON. It sees nothing but its arguments. */
  call<Args extends readonly unknown[]>(run: (...args: Args) => unknown, ...args: Args): Promise<unknown>;
  close(): void;
}

const Targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const Answer = z.object({
  id: z.number(),
  error: z.object({ message: z.string() }).optional(),
  result: z
    .object({
      result: z.object({ value: z.unknown() }),
      exceptionDetails: z.object({ text: z.string() }).optional(),
    })
    .optional(),
});
type Answer = z.infer<typeof Answer>;

/** The program's own page behind a debugging port, null when it is not there yet. */
export async function watchPage(port: number): Promise<WatchedPage | null> {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets = Targets.parse(await response.json());
  const own = targets.find(({ type, url }) => type === 'page' && url.startsWith('traboule://app/'));
  if (!own) return null;
  const page = await connect(own.webSocketDebuggerUrl);
  if (await hasDocument(page)) return page;
  page.close();
  return null;
}

/** A page that is only being loaded can't be asked anything. */
async function hasDocument(page: WatchedPage): Promise<boolean> {
  try {
    return (await page.call(() => location.protocol)) === 'traboule:';
  } catch (error) {
    if (error instanceof PageError) return false;
    throw error;
  }
}

/** What the page said instead of an answer. */
class PageError extends Error {}

async function connect(address: string): Promise<WatchedPage> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.on('message', (data: Buffer) => {
    const message = Answer.safeParse(JSON.parse(data.toString('utf8')));
    if (message.success) waiting.get(message.data.id)?.(message.data);
  });
  await once(socket, 'open');
  let last = 0;
  return {
    call: async (run, ...args) => {
      last += 1;
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      const lost = () => reject(new Error('the page is gone'));
      waiting.set(last, resolve);
      socket.once('close', lost);
      const expression = `(${run.toString()})(...${JSON.stringify(args)})`;
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id: last, method: 'Runtime.evaluate', params }));
      const { error, result } = await promise;
      socket.off('close', lost);
      const wrong = error?.message ?? result?.exceptionDetails?.text;
      if (wrong !== undefined) throw new PageError(wrong);
      return result?.result.value;
    },
    close: () => socket.close(),
  };
}
