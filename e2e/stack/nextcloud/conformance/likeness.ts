/**
 * Values a server makes up (etags, ids, tokens, times) differ from run to run. This keeps which recorded value
 * stands for which actual one, in both directions: two recorded etags must never become one, nor one become two.
 */

/** Kinds of made-up values; each has its own pairs. */
export type Kind =
  | 'etag'
  | 'file id'
  | 'instance'
  | 'share id'
  | 'token'
  | 'trash time'
  | 'version time'
  | 'object id'
  | 'secret';

export class Likeness {
  readonly #toActual = new Map<string, string>();
  readonly #toRecorded = new Map<string, string>();

  /** Takes a pair for one and the same thing; says what is wrong when it contradicts an earlier pair. */
  pair(kind: Kind, recorded: string, actual: string): string | null {
    const known = this.#toActual.get(key(kind, recorded));
    if (known !== undefined) {
      return known === actual ? null : `${kind} ${recorded} was ${known} before, now ${actual}`;
    }
    const other = this.#toRecorded.get(key(kind, actual));
    if (other !== undefined) return `${kind} ${actual} stands for ${other} already, not for ${recorded}`;
    this.#toActual.set(key(kind, recorded), actual);
    this.#toRecorded.set(key(kind, actual), recorded);
    return null;
  }

  /** Another recorded name for a value, without asking whether it has one already. */
  alias(kind: Kind, recorded: string, actual: string): void {
    this.#toActual.set(key(kind, recorded), actual);
  }

  /** The actual value for a recorded one, if it was met. */
  actual(kind: Kind, recorded: string): string | undefined {
    return this.#toActual.get(key(kind, recorded));
  }

  /** A recorded text with every made-up value in it replaced by the actual one. */
  translate(text: string): string {
    const swap = (kind: Kind, value: string) => this.actual(kind, value) ?? value;
    return text
      .replace(/\b[0-9a-f]{32}\b|\b[0-9a-f]{13}\b/g, (etag) => swap('etag', etag))
      .replace(/(\.d)(1795\d{6})/g, (_, before: string, time: string) => before + swap('trash time', time))
      .replace(
        /(\/versions\/\d+\/)(\d{10})/g,
        (_, before: string, time: string) => before + swap('version time', time),
      )
      .replace(/(<d:literal>)(\d+)(?=<)/g, (_, before: string, id: string) => before + swap('file id', id))
      .replace(/<[a-z][a-z0-9 ]+>/g, (secret) => swap('secret', secret))
      .replace(
        /(versions\/|fileId=|openfile=|\/f\/|files_lock\/lock\/)(\d+)/g,
        (_, before: string, id: string) => before + swap('file id', id),
      )
      .replace(/(\/v1\/shares\/)(\d+)/g, (_, before: string, id: string) => before + swap('share id', id))
      .replace(
        /(transferownership\/)(\d+)/g,
        (_, before: string, id: string) => before + swap('object id', id),
      )
      .replace(
        /(\/s\/)([A-Za-z0-9]{15})/g,
        (_, before: string, token: string) => before + swap('token', token),
      );
  }
}

function key(kind: Kind, value: string): string {
  return `${kind}\n${value}`;
}
