import { describe, expect, it, vi } from 'vitest';
import { FakeMain, Refusal } from '../../../e2e/gallery/fake-main.ts';
import type { AccountList, ListedAccount } from '../../../preload/contract/accounts.ts';
import { appBridge } from '../../bridge.ts';
import type { AnyError } from '../../i18n/error-words.ts';
import { AccountsStore } from './accounts-store.ts';

const NADIA = '0b9d6f6e-6a51-4a65-9c1e-5a3c5d1f7a01';
const KARIM = '5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9';
const account = (id: string, isShown: boolean): ListedAccount => ({
  id,
  stores: id,
  passing: null,
  name: null,
  picture: null,
  user: `@${id}:m.example`,
  server: 'm.example',
  isShown,
  mustSignIn: false,
});

class Scene {
  list: AccountList = {
    accounts: [account(NADIA, true), account(KARIM, false)],
    mayAdd: true,
    isWhole: true,
  };
  inCall = false;
  draftAtRisk = false;
  readonly warnings: (() => void)[] = [];
  refuses = false;
  readonly done: string[] = [];
  readonly troubles: AnyError[] = [];
  readonly main = new FakeMain({
    accounts: {
      list: () => this.list,
      show: ({ id, opening }) => {
        if (this.refuses) throw new Refusal(GONE);
        this.done.push(`show ${id} ${opening?.salonId ?? ''}`.trim());
      },
      add: () => void this.done.push('add'),
    },
  });
  readonly store = new AccountsStore({
    accounts: appBridge(this.main.api).accounts,
    isInCall: () => this.inCall,
    isDraftAtRisk: async () => this.draftAtRisk,
    warnOfDraft: (goAnyway) => void this.warnings.push(goAnyway),
    rest: async () => void this.done.push('rest'),
    comeBack: () => void this.done.push('come back'),
    trouble: (problem) => void this.troubles.push(problem),
  });
}

const GONE = {
  code: 'not-found' as const,
  messageKey: 'errors:not-found.account' as const,
  details: {},
  retryable: false,
};

describe('the accounts in the page', () => {
  it('are put away before another one is shown, with what is to be opened there', async () => {
    const { store, done } = new Scene();
    await store.show(KARIM, { kind: 'salon', salonId: '!s:m.example' });
    await store.add();
    expect(done).toEqual(['rest', `show ${KARIM} !s:m.example`, 'rest', 'add']);
  });

  it('stay while a call goes on, and say so', async () => {
    const scene = new Scene();
    scene.inCall = true;
    await scene.store.show(KARIM);
    expect(scene.done).toEqual([]);
    expect(scene.troubles).toMatchObject([{ error: { messageKey: 'errors:in-use.call' } }]);
  });

  it('stay while a draft would be lost, and go when the person says so', async () => {
    const scene = new Scene();
    scene.draftAtRisk = true;
    await scene.store.show(KARIM);
    expect(scene.done).toEqual([]);
    scene.warnings[0]?.();
    await vi.waitFor(() => expect(scene.done).toEqual(['rest', `show ${KARIM}`]));
  });

  it('are owners of stores only while main knows of all', async () => {
    const scene = new Scene();
    expect(await scene.store.owners()).toHaveLength(2);
    scene.list = { ...scene.list, isWhole: false };
    expect(await scene.store.owners()).toBeNull();
  });

  it('come back when main refuses, and say why', async () => {
    const scene = new Scene();
    scene.refuses = true;
    await scene.store.show(KARIM);
    expect(scene.done).toEqual(['rest', 'come back']);
    expect(scene.troubles).toMatchObject([{ error: { messageKey: 'errors:not-found.account' } }]);
  });

  it('are gone to one at a time', async () => {
    const { store, done } = new Scene();
    await Promise.all([store.show(KARIM), store.show(KARIM), store.add()]);
    expect(done).toEqual(['rest', `show ${KARIM}`]);
  });

  it('follow each other in a circle, and one alone is followed by none', async () => {
    const scene = new Scene();
    await scene.store.load();
    expect(scene.store.next()?.id).toBe(KARIM);
    scene.main.emit('accounts', 'listChanged', {
      accounts: [account(NADIA, false), account(KARIM, true)],
      mayAdd: true,
      isWhole: true,
    });
    expect(scene.store.next()?.id).toBe(NADIA);
    scene.main.emit('accounts', 'listChanged', {
      accounts: [account(NADIA, true)],
      mayAdd: true,
      isWhole: true,
    });
    expect(scene.store.next()).toBeNull();
  });

  it('go on to one that is left after a sign-out, and nowhere when none is', async () => {
    const scene = new Scene();
    scene.list = { accounts: [account(KARIM, false)], mayAdd: true, isWhole: true };
    await scene.store.goOn();
    scene.list = { accounts: [], mayAdd: true, isWhole: true };
    await scene.store.goOn();
    expect(scene.done).toEqual(['rest', `show ${KARIM}`]);
  });
});
