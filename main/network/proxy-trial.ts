import type { Credentials } from './proxy-sign-in.ts';

/** Somebody who asks for a name and password, as Electron tells it. */
export interface Asking {
  readonly isProxy: boolean;
  readonly host: string;
  readonly port: number;
}

/** What a trial does next: signs in, goes on without, or ends. */
export type TrialStep =
  | { readonly do: 'give'; readonly credentials: Credentials }
  | { readonly do: 'go-on' }
  | { readonly do: 'end'; readonly result: 'refused' | 'unknown' };

/**
 * Tries a name and password at one proxy (`host:port`): called with everybody who asks on the way there. Only that proxy
 * is given them, once; on a way that leads over another by now, nothing is learnt.
 */
export function proxyTrial(proxy: string, credentials: Credentials): (asking: Asking) => TrialStep {
  let wasGiven = false;
  return ({ isProxy, host, port }) => {
    if (!isProxy) return { do: 'go-on' };
    if (`${host}:${port}` !== proxy) return { do: 'end', result: 'unknown' };
    if (wasGiven) return { do: 'end', result: 'refused' };
    wasGiven = true;
    return { do: 'give', credentials };
  };
}
