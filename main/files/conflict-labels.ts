import { z } from 'zod';
import type { FilesAccess } from '../accounts/accounts.ts';
import { ocsHeaders } from '../accounts/nextcloud.ts';
import { AppError } from '../contract/app-error.ts';
import { ask, jsonOf } from '../http/answers.ts';
import type { Http } from '../http/http.ts';
import type { Authors } from './authors.ts';

/** What the names of conflict copies are made with. */
export interface ConflictLabelParts {
  readonly http: Http;
  readonly access: () => FilesAccess | null;
  readonly authors: Pick<Authors, 'ofFile'>;
  /** Path of a pair's folder in the person's files; null when it is not open. */
  readonly rootPathOf: (pairId: string) => string | null;
  /** The words with the name of the person at this PC. */
  readonly labelOf: (name: string) => string;
}

/** The engine waits for the name of a copy: better the usual one than late. */
const PATIENCE_MS = 4000;

/**
 * The words in the name of a conflict copy. When the other version is known to be a colleague's, this one carries the
 * name of the person here: whoever finds both knows whom to ask.
 */
export class ConflictLabels {
  readonly #parts: ConflictLabelParts;
  #own: { readonly whose: string; readonly name: string } | null = null;

  constructor(parts: ConflictLabelParts) {
    this.#parts = parts;
  }

  /** Null for the usual words: the other version is the person's own, or nobody knows whose. Never throws. */
  readonly labelFor = async (pairId: string, path: string): Promise<string | null> => {
    const root = this.#parts.rootPathOf(pairId);
    const access = this.#parts.access();
    if (root === null || !access) return null;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const change = await this.#parts.authors.ofFile(`${root.replace(/\/$/, '')}/${path}`, signal);
    if (change?.author.kind !== 'other') return null;
    const name = await this.#ownName(access, signal);
    return name === null ? null : this.#parts.labelOf(name);
  };

  /** How the server calls the person at this PC (exchange 01/06); asked once. */
  async #ownName(access: FilesAccess, signal: AbortSignal): Promise<string | null> {
    const whose = `${access.serverUrl} ${access.userId}`;
    if (this.#own?.whose === whose) return this.#own.name;
    try {
      const answer = await ask(this.#parts.http, 'files', {
        url: `${access.serverUrl}/ocs/v2.php/cloud/user?format=json`,
        headers: ocsHeaders(access),
        signal,
      });
      const name = jsonOf(answer, CloudUser)?.ocs.data['display-name'] ?? null;
      if (name !== null) this.#own = { whose, name };
      return name;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }
}

const CloudUser = z.object({
  ocs: z.object({ data: z.object({ 'display-name': z.string().trim().min(1).max(500) }) }),
});

/** Whether French elides "de" before a name: d’Anne, d’Yves, but de Yann; an h may be either, and stays. */
export function takesElision(name: string): boolean {
  return /^(?:[aeiouœæ]|y[^aeiouy])/i.test(name.normalize('NFD').replaceAll(/\p{M}/gu, ''));
}
