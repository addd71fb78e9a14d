import type { Log } from './log.ts';

const nothing = () => undefined;

/** For what has nobody to tell. */
export const silentLog: Log = { info: nothing, warn: nothing, error: nothing };
