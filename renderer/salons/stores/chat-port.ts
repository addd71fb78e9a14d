import type {
  CommandAnswer,
  CommandError,
  CommandName,
  CommandRequest,
  Snapshot,
} from '../../matrix/protocol.ts';

/** How a command ended. */
export type CommandOutcome<N extends CommandName> =
  | { readonly ok: true; readonly value: CommandAnswer<N> }
  | { readonly ok: false; readonly error: CommandError };

/** What the interface needs of the chat: the worker's client in the program, a scripted one in the gallery. */
export interface ChatPort {
  /** Sends one command; never throws. */
  readonly run: <N extends CommandName>(name: N, request: CommandRequest<N>) => Promise<CommandOutcome<N>>;
  /** Hears every snapshot as it comes; answers the way to stop. */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
  /** Ends the worker. */
  readonly close: () => void;
}
