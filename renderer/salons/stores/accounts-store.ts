import type { AccountList, ListedAccount } from '../../../preload/contract/accounts.ts';
import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { AppBridge } from '../../bridge.ts';
import type { AnyError } from '../../i18n/error-words.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { Store } from '../../ui/store.ts';

/** What is to be opened in the account that is shown next. */
export type NextOpening = { readonly kind: 'salon' | 'call'; readonly salonId: string } | null;

interface Needs {
  readonly accounts: AppBridge['accounts'];
  /** A call ends with the page that it was begun in. */
  readonly isInCall: () => boolean;
  /** Whether something that the person wrote can't be kept anywhere but in this page. */
  readonly isDraftAtRisk: () => Promise<boolean>;
  /** Says so; `goAnyway` is what they may do about it. */
  readonly warnOfDraft: (goAnyway: () => void) => void;
  /** Puts away what the page has not kept yet and ends the chat: the page goes. */
  readonly rest: () => Promise<void>;
  /** The page stays after all. */
  readonly comeBack: () => void;
  readonly trouble: (problem: AnyError) => void;
}

const IN_CALL: ContractError = {
  code: 'in-use',
  messageKey: 'errors:in-use.call',
  details: {},
  retryable: true,
};

/** The accounts of this PC, and the way from one to another: main then loads the page anew, so that nothing of one is in the other. */
export class AccountsStore {
  readonly list = new Store<AccountList>({ accounts: [], mayAdd: false, isWhole: false });
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  #isLeaving = false;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#disposables.add(needs.accounts.on('listChanged', this.#take));
  }

  readonly load = async (): Promise<void> => {
    const outcome = await this.#needs.accounts.list();
    if (outcome.ok) this.#take(outcome.value);
  };

  /** Whose stores the page may have, as main knows it now; null when it does not answer, or may not know of all. */
  readonly owners = async (): Promise<readonly ListedAccount[] | null> => {
    const outcome = await this.#needs.accounts.list();
    return outcome.ok && outcome.value.isWhole ? outcome.value.accounts : null;
  };

  /** Shows another account, with something opened in it. */
  readonly show = (id: string, opening: NextOpening = null): Promise<void> =>
    this.#leave(() => this.#needs.accounts.show({ id, opening }));

  /** Shows the way in for one more. */
  readonly add = (): Promise<void> => this.#leave(() => this.#needs.accounts.add());

  /** The one after the one that is shown, in the order in which they came; null while there is no other. */
  readonly next = (): ListedAccount | null => {
    const { accounts } = this.list.get();
    const shown = accounts.findIndex(({ isShown }) => isShown);
    const next = accounts[(shown + 1) % accounts.length];
    return next && !next.isShown ? next : null;
  };

  /** Who signed out of one account is shown another, if there is one. */
  readonly goOn = async (): Promise<void> => {
    await this.load();
    const next = this.next();
    if (next) await this.show(next.id);
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #take = (list: AccountList): void => this.list.update((last) => reuse(last, list));

  async #leave(go: () => Promise<Outcome<undefined>>, mayLoseDraft = false): Promise<void> {
    const { isInCall, isDraftAtRisk, warnOfDraft, rest, comeBack, trouble } = this.#needs;
    if (this.#isLeaving) return;
    if (isInCall()) return trouble({ from: 'main', error: IN_CALL });
    this.#isLeaving = true;
    try {
      if (!mayLoseDraft && (await isDraftAtRisk())) {
        warnOfDraft(() => void this.#leave(go, true));
        return;
      }
      await rest();
      const outcome = await go();
      if (outcome.ok) return;
      comeBack();
      trouble({ from: 'main', error: outcome.error });
    } finally {
      this.#isLeaving = false;
    }
  }
}
