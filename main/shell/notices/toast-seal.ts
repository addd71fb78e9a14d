import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../log/log.ts';
import { keptFile } from '../../store/kept.ts';

const KeptSecret = z.strictObject({ secret: z.base64().length(44) });
const ACCOUNT = 'account';
const PROOF = '&proof=';

/**
 * Tells toasts of ours from what another program hands to us as one: any of the same person's may activate a toast of any
 * words. What a toast carries names its account and ends with a proof of it. The secret outlives a crash, so that what
 * somebody writes in a toast of an earlier run is not lost; who can read the person's files can read it too.
 */
export class ToastSeal {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** The seal of a profile, made at its first start. */
  static async open(data: string, log: Log): Promise<ToastSeal> {
    const fresh = { secret: randomBytes(32).toString('base64') };
    const kept = await keptFile(join(data, 'toasts.json'), KeptSecret, fresh, log);
    if (kept.value === fresh) await kept.set(fresh);
    return new ToastSeal(kept.value.secret);
  }

  /** The same arguments with the account (null: nobody's) and the proof. */
  seal(given: string, account: string | null): string {
    const whole = `${given}&${String(new URLSearchParams({ [ACCOUNT]: account ?? '' }))}`;
    return `${whole}${PROOF}${this.#proof(whole)}`;
  }

  /** Whose toast carries these arguments; null for one that we did not make. */
  open(sealed: string): { readonly account: string | null } | null {
    const end = sealed.lastIndexOf(PROOF);
    if (end < 0) return null;
    const [whole, proof] = [sealed.slice(0, end), sealed.slice(end + PROOF.length)];
    const [given, expected] = [Buffer.from(proof), Buffer.from(this.#proof(whole))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const account = new URLSearchParams(whole).get(ACCOUNT) ?? '';
    return { account: account === '' ? null : account };
  }

  #proof(whole: string): string {
    return createHmac('sha256', this.#secret).update(whole).digest('hex').slice(0, 32);
  }
}
