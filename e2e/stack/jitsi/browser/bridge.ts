/** The conference page's end of the IFrame API: it hears commands and reports events to the embedding page only. */
import { type FromConference, isToConference } from './wire.ts';

export type Bridge = { report: (name: string, data?: Record<string, unknown>) => void };

export type BridgeHandlers = {
  command: (name: string, args: unknown[]) => void;
  request: (name: string) => unknown;
};

/** Connects to the page that embeds this one; without one, reports go nowhere. */
export function connectBridge(frame: number | undefined, handlers: BridgeHandlers): Bridge {
  const origin = location.ancestorOrigins[0];
  if (frame === undefined || origin === undefined) return { report: () => undefined };
  const post = (word: FromConference) => window.parent.postMessage(word, origin);
  window.addEventListener('message', (message) => {
    if (message.origin !== origin || message.source !== window.parent) return;
    const word: unknown = message.data;
    if (!isToConference(word, frame)) return;
    if (word.kind === 'command') handlers.command(word.name, word.args);
    else {
      post({ frame, kind: 'answer', request: word.request, value: handlers.request(word.name) });
    }
  });
  post({ frame, kind: 'ready' });
  return { report: (name, data = {}) => post({ frame, kind: 'event', name, data }) };
}
