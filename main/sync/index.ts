/**
 * The sync engine: keeps a folder of this computer equal to a folder of a server. It promises that no byte a
 * person wrote is lost, that it ends, that a second run does nothing, and that both sides converge.
 *
 * A run looks at both sides (`discover/`), decides by three trees and a table (`reconcile/`), carries the plan
 * out (`propagate/`) and writes down what is in sync (`journal/`). It touches the world through `ports/` only.
 */
export type * from './api.ts';
export { createSyncHost, type HostMessage, type HostOptions, type HostRequest } from './host.ts';
