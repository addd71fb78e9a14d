/**
 * What `external_api.js` in the embedding page and the conference page in its frame post to each
 * other. `frame` tells several frames of one page apart. Both sides check the origin besides.
 */
export type ToConference = { frame: number } & (
  | { kind: 'command'; name: string; args: unknown[] }
  | { kind: 'request'; request: number; name: string }
);

export type FromConference = { frame: number } & (
  | { kind: 'ready' }
  | { kind: 'event'; name: string; data: Record<string, unknown> }
  | { kind: 'answer'; request: number; value: unknown }
);

/** Whether a message is a word for the conference page in frame number `frame`. */
export function isToConference(message: unknown, frame: number): message is ToConference {
  return isWord(message, frame, ['command', 'request']);
}

/** Whether a message is a word of the conference page in frame number `frame`. */
export function isFromConference(message: unknown, frame: number): message is FromConference {
  return isWord(message, frame, ['ready', 'event', 'answer']);
}

function isWord(message: unknown, frame: number, kinds: readonly unknown[]): boolean {
  if (typeof message !== 'object' || message === null) return false;
  return 'frame' in message && message.frame === frame && 'kind' in message && kinds.includes(message.kind);
}
