/** The page's end of the websocket to the stand-in's server. */
import { type ClientWord, type ServerWord, SIGNAL_PATH } from '../protocol.ts';

export type Line = { say: (word: ClientWord) => void; close: () => void };

/** Opens the line; `onLost` is called when it breaks without having been closed from here. */
export function openLine(onWord: (word: ServerWord) => void, onLost: () => void): Promise<Line> {
  const socket = new WebSocket(`wss://${location.host}${SIGNAL_PATH}`);
  let closing = false;
  socket.addEventListener('message', (event: MessageEvent<string>) => onWord(JSON.parse(event.data)));
  socket.addEventListener('close', () => {
    if (!closing) onLost();
  });
  const line: Line = {
    say: (word) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(word));
    },
    close: () => {
      closing = true;
      socket.close();
    },
  };
  return new Promise((resolve) => socket.addEventListener('open', () => resolve(line), { once: true }));
}
