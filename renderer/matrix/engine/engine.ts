import { ChatError } from '../http/chat-error.ts';
import type { CommandAnswer, CommandName, CommandRequest } from '../protocol.ts';
import { partnersFor } from '../rooms/person.ts';
import { Account } from './account.ts';
import { accountCommands } from './commands.ts';
import type { Ports } from './ports.ts';

/** The chat behind the worker's messages; runs unchanged in a browser's worker and in Node. */
export interface Engine {
  /** Carries a command out. @throws ChatError; anything else is a mistake of ours. */
  run<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandAnswer<N>>;
}

type Handlers = {
  readonly [N in CommandName]: (request: CommandRequest<N>) => Promise<CommandAnswer<N>>;
};

/** An engine without an account; `start` gives it one. */
export function createEngine(ports: Ports): Engine {
  let account: Account | null = null;
  /** Starting and stopping follow each other: two machines on one crypto store would corrupt it. */
  let changing: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const next = changing.catch(() => undefined).then(change);
    changing = next;
    return next;
  };

  const start = async (request: CommandRequest<'start'>): Promise<null> => {
    await account?.stop(false);
    account = null;
    account = await Account.open({
      session: request.session,
      sliding: request.serverFeatures?.sliding ?? true,
      partners: partnersFor(request.session.userId, request.partners),
      cacheDays: request.cacheDays ?? 0,
      ports,
    });
    return null;
  };

  const stop = async (request: CommandRequest<'stop'>): Promise<null> => {
    await account?.stop(request.wipe);
    account = null;
    return null;
  };

  const handlers: Handlers = {
    ...accountCommands(() => {
      if (account === null) throw new ChatError('signed-out', 'not started');
      return account;
    }),
    start: (request) => inTurn(() => start(request)),
    stop: (request) => inTurn(() => stop(request)),
  };
  return { run: (name, request) => handlers[name](request) };
}
