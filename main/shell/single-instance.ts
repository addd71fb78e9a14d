import { app } from 'electron';
import { openingOfLink } from './links.ts';
import { actOfStart, type StartAct, shortenedArguments } from './start-arguments.ts';

/** The only instance of the program, or one too many. */
export interface Instance {
  /** Whether this one may run. */
  readonly isFirst: boolean;
  /** Nobody asked for a window: the session started the program. */
  readonly startsHidden: boolean;
  /** Calls with what this start asked for, and each later one. */
  readonly onAct: (listener: (act: StartAct) => void) => void;
}

/** Lets one program run per data folder: a second start hands over what it was asked for, and is to end. */
export function takeSingleInstance(scheme: string): Instance {
  const args = process.argv.slice(1);
  const shorter = shortenedArguments(args, scheme);
  if (shorter) app.relaunch({ args: shorter });
  const isFirst = shorter === null && app.requestSingleInstanceLock();
  let listener: ((act: StartAct) => void) | null = null;
  let early: StartAct[] = [];
  const handle = (act: StartAct): void => {
    if (listener) listener(act);
    else early.push(act);
  };
  app.on('second-instance', (_event, args) => handle(actOfStart(args, scheme)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    handle({ kind: 'open', opening: openingOfLink(link, scheme) });
  });
  const first = actOfStart(args, scheme);
  // The window comes by itself: with nothing to open there is nothing to do.
  if (first.kind !== 'open' || first.opening !== null) handle(first);
  return {
    isFirst,
    startsHidden: first.kind === 'hidden',
    onAct: (next) => {
      listener = next;
      for (const act of early) next(act);
      early = [];
    },
  };
}
