/** What one place holds at a moment. */
export type Reading =
  | { readonly status: 'absent' }
  | { readonly status: 'read'; readonly written: Readonly<Record<string, unknown>> }
  /** There, but nothing can be understood of it; `why` is a code for logs and reports. */
  | { readonly status: 'unreadable'; readonly why: 'not-json' | 'not-plist' | 'refused' };

/** A place that policy is read from. */
export interface PolicySource {
  readonly scope: 'machine' | 'user';
  /** How administrators find it: the path of a file, the key of a registry. */
  readonly place: string;
  /** Never fails: what can't be read is a reading of its own. */
  readonly read: () => Promise<Reading>;
  /** Calls back when it may have changed; answers the way to stop. */
  readonly watch: (changed: () => void) => () => void;
}
