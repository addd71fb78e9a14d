/**
 * Misbehaviour on demand. A rule names the requests it is for and what goes wrong with them; it is used up after
 * `times` requests.
 */

/** The statuses a fault can answer with. */
export const faultStatuses = [401, 403, 404, 412, 413, 423, 429, 500, 502, 503, 504, 507] as const;

/** What goes wrong. */
export type FaultEffect =
  /** The answer comes late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The request is refused with this status and the body the real server gives with it. */
  | {
      readonly kind: 'status';
      readonly status: (typeof faultStatuses)[number];
      /** Seconds for the Retry-After header; left out means none. */
      readonly retryAfter?: number;
    }
  /** 503 as in maintenance mode, for these requests only. */
  | { readonly kind: 'maintenance' }
  /** The connection is closed once that many bytes of the request body were read. */
  | { readonly kind: 'cut-request'; readonly afterBytes: number }
  /** The connection is closed once that many bytes of the answer's body were sent. */
  | { readonly kind: 'cut-response'; readonly afterBytes: number }
  /** The connection is closed before anything is done. */
  | { readonly kind: 'drop' }
  /** The work is done, but the answer never arrives. */
  | { readonly kind: 'drop-answer' }
  /** Etags in a listing or download are the ones from before the last change. */
  | { readonly kind: 'stale-etag' }
  /** Bodies, both ways, pass no faster than this. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number };

export interface FaultRule {
  /** Method, such as `PUT`; left out means any. */
  readonly method?: string;
  /** Decoded path; `*` stands for any run of characters, slashes too. Left out means any. */
  readonly path?: string;
  /** How many matching requests pass before the rule bites. */
  readonly skip?: number;
  /** How many requests it bites; left out means one, 0 means for ever. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

interface Active {
  readonly id: number;
  readonly rule: FaultRule;
  readonly pattern: RegExp | null;
  skip: number;
  /** Infinity for rules that stay. */
  left: number;
  hits: number;
}

/** The rules in force. */
export class Faults {
  #active: Active[] = [];
  #lastId = 0;

  /** Puts a rule in force and returns its id. */
  add(rule: FaultRule): number {
    this.#lastId += 1;
    const times = rule.times ?? 1;
    this.#active.push({
      id: this.#lastId,
      rule,
      pattern: rule.path === undefined ? null : globToRegExp(rule.path),
      skip: rule.skip ?? 0,
      left: times === 0 ? Number.POSITIVE_INFINITY : times,
      hits: 0,
    });
    return this.#lastId;
  }

  remove(id: number): void {
    this.#active = this.#active.filter((each) => each.id !== id);
  }

  clear(): void {
    this.#active = [];
  }

  /** Rules still in force, with how often each has bitten. */
  list(): { id: number; rule: FaultRule; hits: number }[] {
    return this.#active.map(({ id, rule, hits }) => ({ id, rule, hits }));
  }

  /** The effects for one request; counts them as used. */
  take(method: string, decodedPath: string): FaultEffect[] {
    if (this.#active.length === 0) return [];
    const biting = this.#active.filter((each) => matches(each, method, decodedPath)).filter(countsDown);
    this.#active = this.#active.filter((each) => each.left > 0);
    return biting.map((each) => each.rule.effect);
  }
}

function matches({ rule, pattern }: Active, method: string, decodedPath: string): boolean {
  return (
    (rule.method === undefined || rule.method === method) && (pattern === null || pattern.test(decodedPath))
  );
}

function countsDown(each: Active): boolean {
  if (each.skip > 0) {
    each.skip -= 1;
    return false;
  }
  each.left -= 1;
  each.hits += 1;
  return true;
}

/** `*` matches anything; every other character stands for itself. The whole path must match. */
export function globToRegExp(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`);
}
