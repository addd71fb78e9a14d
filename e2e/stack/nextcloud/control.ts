import type { FaultRule } from './faults.ts';
import { carryOutTransfers } from './ocs/transfer.ts';
import type { Switches, UserSpec } from './options.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import type { Standin } from './standin.ts';

/** What can be changed while the server runs. */
export interface Control {
  /** Puts a fault in force; returns its id. */
  addFault(rule: FaultRule): number;
  removeFault(id: number): void;
  clearFaults(): void;
  /** Faults still in force and how often each has bitten. */
  faults(): { id: number; rule: FaultRule; hits: number }[];
  /** Changes switches, such as `{ maintenance: true }`. */
  set(switches: Partial<Switches>): void;
  switches(): Switches;
  putUser(user: UserSpec): void;
  /** Bytes; null lifts the limit. */
  setQuota(uid: string, quota: number | null): void;
  setEnabled(uid: string, enabled: boolean): void;
  /** Ends every app password of an account, as an administrator or a lost device would. Returns how many. */
  revokeAppPasswords(uid: string): number;
  /** Makes an app password without the login pages. */
  createAppPassword(uid: string, name: string): string;
  /** Carries out accepted ownership transfers, as the real server's background job does. Returns how many. */
  runBackgroundJobs(): number;
  requests(): readonly LoggedRequest[];
  resetRequestLog(): void;
}

/** The control object of a server. */
export function createControl(standin: Standin, log: RequestLog): Control {
  const { faults, accounts } = standin;
  return {
    addFault: (rule) => faults.add(rule),
    removeFault: (id) => faults.remove(id),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
    set: (switches) => {
      Object.assign(standin.switches, switches);
    },
    switches: () => ({ ...standin.switches }),
    putUser: (user) => {
      accounts.put(user);
      standin.shares.invalidate();
    },
    setQuota: (uid, quota) => accounts.setQuota(uid, quota),
    setEnabled: (uid, enabled) => accounts.setEnabled(uid, enabled),
    revokeAppPasswords: (uid) => {
      const passwords = accounts.appPasswordsOf(uid);
      for (const { id } of passwords) accounts.revokeAppPassword(id);
      return passwords.length;
    },
    createAppPassword: (uid, name) => accounts.createAppPassword(uid, name),
    runBackgroundJobs: () => carryOutTransfers(standin),
    requests: () => log.all(),
    resetRequestLog: () => log.clear(),
  };
}
