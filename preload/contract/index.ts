import type { z } from 'zod';
import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { calls, callWindow } from './calls.ts';
import type { Domain, Outcome } from './channel.ts';
import { chosenFolders } from './chosen-folders.ts';
import { diagnostics } from './diagnostics.ts';
import { downloads } from './downloads.ts';
import { fileActivity } from './file-activity.ts';
import { files } from './files.ts';
import { network } from './network.ts';
import { salons } from './salons.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { updates } from './updates.ts';

/** Every word that main and a page may say to each other. There is no other channel. */
export const contract = {
  app,
  accounts,
  salons,
  files,
  fileActivity,
  chosenFolders,
  calls,
  callWindow,
  services,
  downloads,
  network,
  settings,
  diagnostics,
  updates,
} as const satisfies Record<string, Domain>;
export type Contract = typeof contract;
export type DomainName = keyof Contract;

type Requests<D extends DomainName> = Contract[D]['requests'];
type Events<D extends DomainName> = Contract[D]['events'];
type In<T> = T extends { request: infer S extends z.ZodType } ? z.input<S> : never;
type Out<T> = T extends { answer: infer S extends z.ZodType } ? z.output<S> : never;
type Payload<T> = T extends { payload: infer S extends z.ZodType } ? z.output<S> : never;

/** A page's side: a function a request (`bridge.files.open({...})`) and `on` a domain for its events. */
export type Bridge<Names extends DomainName = DomainName> = {
  readonly [D in Names]: {
    readonly [R in keyof Requests<D>]: undefined extends In<Requests<D>[R]>
      ? () => Promise<Outcome<Out<Requests<D>[R]>>>
      : (request: In<Requests<D>[R]>) => Promise<Outcome<Out<Requests<D>[R]>>>;
  } & {
    /** Listens to an event; call what it returns to stop. */
    readonly on: <E extends keyof Events<D>>(
      event: E,
      listener: (payload: Payload<Events<D>[E]>) => void,
    ) => () => void;
  };
};

/** A handler with nothing to answer may end without a value. */
type Answered<T> = T extends undefined ? Promise<void> | void : Promise<T> | T;

/** Main's side: a handler a request of a domain; what it throws becomes an error of the contract. */
export type Handlers<D extends DomainName> = {
  readonly [R in keyof Requests<D>]: (
    request: z.output<Requests<D>[R] extends { request: infer S extends z.ZodType } ? S : never>,
    signal: AbortSignal,
  ) => Answered<Out<Requests<D>[R]>>;
};

/** The payload of an event, for the sender in main. */
export type EventPayload<D extends DomainName, E extends keyof Events<D>> = Payload<Events<D>[E]>;
