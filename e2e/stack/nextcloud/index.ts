/**
 * A stand-in for a Nextcloud server on 127.0.0.1: answers like the recorded 24.0.5, keeps files as files in
 * `dataDir`, and misbehaves on demand. For demo, tests and benchmarks; it is not a server for real data.
 */

import type { Control } from './control.ts';
import { createControl } from './control.ts';
import { Faults } from './faults.ts';
import { LoginFlows } from './login/login-flows.ts';
import { Sessions } from './login/sessions.ts';
import type { NextcloudOptions } from './options.ts';
import type { LoggedRequest } from './request-log.ts';
import { RequestLog } from './request-log.ts';
import { listen } from './server.ts';
import { openStandin } from './standin.ts';

export type { Control } from './control.ts';
export type { FaultEffect } from './faults.ts';
export type { NextcloudOptions, UserSpec } from './options.ts';
export { newerServer } from './options.ts';
export type { LoggedRequest } from './request-log.ts';

/** A running stand-in. Whoever started it stops it. */
export interface Nextcloud {
  /** `http://127.0.0.1:port`, without a closing slash. */
  readonly url: string;
  readonly port: number;
  readonly control: Control;
  /** Every answered request since the start or the last reset, in order of completion. */
  requests(): readonly LoggedRequest[];
  resetRequestLog(): void;
  /** Closes the port and all connections and frees the data folder, which stays. */
  stop(): Promise<void>;
}

/** Starts a stand-in. Accounts given are added to those the data folder already knows. */
export async function startNextcloud(options: NextcloudOptions): Promise<Nextcloud> {
  const faults = new Faults();
  const standin = openStandin(options, faults);
  const log = new RequestLog();
  const control = createControl(standin, log);
  const running = { standin, flows: new LoginFlows(), sessions: new Sessions() };
  try {
    const server = await listen(running, { port: options.port ?? 0, log, control });
    return {
      url: `http://127.0.0.1:${server.port}`,
      port: server.port,
      control,
      requests: () => log.all(),
      resetRequestLog: () => log.clear(),
      stop: async () => {
        await server.close();
        standin.close();
      },
    };
  } catch (error) {
    standin.close();
    throw error;
  }
}
