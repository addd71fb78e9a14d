import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatSignIn } from '../../preload/contract/accounts.ts';
import type { Accounts } from './accounts.ts';
import { ChatSignIns } from './chat-sign-in.ts';
import { AccountsRig } from './testing-accounts.ts';

let rig: AccountsRig;
let accounts: Accounts;
beforeEach(async () => {
  rig = await AccountsRig.start();
  accounts = await rig.open();
});
afterEach(() => rig.end());

/** A program whose browser opens pages; `visit` does with them what a browser would. */
function program(visit: (page: string) => Promise<void> = () => Promise.resolve(), givesUpAfterMs = 60_000) {
  const links: string[] = [];
  const pages: string[] = [];
  const told: ChatSignIn[] = [];
  const cameBack = vi.fn<() => void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const signIns = new ChatSignIns({
    accounts,
    openPage: async (link) => {
      links.push(link);
      const page = await ledTo(link);
      pages.push(page);
      await visit(page);
    },
    words: () => ({ language: 'fr', title: 'Vous pouvez revenir', text: 'Fermez.' }),
    tell: (step) => {
      told.push(step);
      if (step.step !== 'waiting') end();
    },
    cameBack,
    givesUpAfterMs,
  });
  const start = (provider: string | null = null) => signIns.start({ serverUrl: rig.chatUrl, provider });
  return { links, pages, told, cameBack, signIns, start, ended };
}

/** Where a browser is led that opens a link. */
async function ledTo(link: string): Promise<string> {
  return (await fetch(link, { redirect: 'manual' })).headers.get('location') ?? link;
}

const backOf = (page: string) => new URL(page).searchParams.get('redirectUrl') ?? '';
/** The browser comes back with a token of the server. */
const comeBack = (token: string) => async (page: string) => {
  const { ok } = await fetch(`${backOf(page)}?loginToken=${token}`);
  if (!ok) throw new Error('nobody waits here');
};

describe('the sign-in to the conversations in the system browser', () => {
  it('opens the server’s page and takes whoever comes back, on a device of its own', async () => {
    const { pages, told, cameBack, start, ended } = program(comeBack('token-of-camille'));
    await start();
    await ended;
    expect(cameBack).toHaveBeenCalledOnce();
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain(`${rig.chatUrl}/_matrix/client/v3/login/sso/redirect?redirectUrl=`);
    const signedIn = { step: 'signed-in', user: '@camille:m.example', account: accounts.state() };
    expect(told).toEqual([{ step: 'waiting' }, signedIn]);
    expect(accounts.chatSession()).toMatchObject({ userId: '@camille:m.example', accessToken: 'tok_1' });
    expect(await rig.textOnDisk()).not.toContain('token-of-camille');
  });

  it('asks for the provider that was chosen', async () => {
    const { pages, signIns, start } = program();
    await start('oidc-agents');
    expect(pages[0]).toContain('/login/sso/redirect/oidc-agents?');
    signIns.cancel();
  });

  it('is the same device again once its session expired, and takes nobody else then', async () => {
    await rig.signIn(accounts);
    const { deviceId } = accounts.chatSession();
    await accounts.chatExpired();
    const karim = program(comeBack('token-of-karim'));
    await karim.start();
    await karim.ended;
    const details = { user: '@camille:m.example', came: '@karim:m.example' };
    expect(karim.told.at(-1)).toMatchObject({
      step: 'failed',
      error: { messageKey: 'errors:refused.person', details },
    });
    expect(rig.revoked).toEqual(['Bearer tok_2']);
    const camille = program(comeBack('token-of-camille'));
    await camille.start();
    await camille.ended;
    expect(accounts.chatSession()).toMatchObject({ deviceId, accessToken: 'tok_3' });
  });

  it('says that the server refused a token, and can be begun again', async () => {
    const { told, signIns, start, ended } = program(comeBack('stale'));
    await start();
    await ended;
    expect(told.at(-1)).toMatchObject({ step: 'failed', error: { messageKey: 'errors:refused.chat' } });
    expect(accounts.state().chat.status).toBe('none');
    await expect(signIns.reopen()).rejects.toThrow('not-found');
  });

  it('is not ended by a visit that knows no secret, nor signed in by one', async () => {
    const { told, pages, start, ended } = program(async (page) => {
      await fetch(new URL('/forged?loginToken=token-of-mallory', backOf(page)));
    });
    await start();
    expect(told).toEqual([{ step: 'waiting' }]);
    expect(rig.logins).toEqual([]);
    await comeBack('token-of-camille')(pages[0] ?? '');
    await ended;
    expect(rig.logins.map(({ user }) => user)).toEqual(['camille']);
  });

  it('opens the browser with nothing that leads others of this machine to where it comes back', async () => {
    const { links, pages, signIns, start } = program();
    await start();
    await signIns.reopen();
    const { origin, pathname } = new URL(backOf(pages[0] ?? ''));
    for (const link of links) {
      expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
      expect(link).not.toContain(pathname);
      expect(new URL(link).origin).toBe(origin);
      expect(await ledTo(link)).toBe(link);
    }
    signIns.cancel();
  });

  it('opens the same page again while it waits', async () => {
    const { pages, signIns, start } = program();
    await expect(signIns.reopen()).rejects.toThrow('not-found');
    await start();
    await signIns.reopen();
    expect(pages[0]).toBe(pages[1]);
    signIns.cancel();
    await expect(signIns.reopen()).rejects.toThrow('not-found');
  });

  it('takes nobody and is silent once it was cancelled, or began anew', async () => {
    const { told, pages, signIns, start } = program();
    await start();
    signIns.cancel();
    await expect(comeBack('token-of-camille')(pages[0] ?? '')).rejects.toThrow('nobody waits here');
    await start();
    await start();
    await expect(comeBack('token-of-camille')(pages[1] ?? '')).rejects.toThrow('nobody waits here');
    signIns.cancel();
    const early = start();
    signIns.cancel();
    await expect(early).rejects.toMatchObject({ about: 'cancelled.request' });
    expect(told).toEqual([{ step: 'waiting' }, { step: 'waiting' }, { step: 'waiting' }]);
    expect(rig.logins).toEqual([]);
  });

  it('is over when nobody came in time', async () => {
    const { told, cameBack, start, ended } = program(undefined, 20);
    await start();
    await ended;
    expect(cameBack).not.toHaveBeenCalled();
    expect(told.at(-1)).toMatchObject({ step: 'failed', error: { messageKey: 'errors:timeout.browser' } });
  });

  it('is not begun at a server that may not be used, nor left waiting where no browser opens', async () => {
    const { told, signIns, start } = program(() => Promise.reject(new Error('no browser')));
    const far = signIns.start({ serverUrl: 'http://m.example', provider: null });
    await expect(far).rejects.toMatchObject({ about: 'unsupported.insecure' });
    expect(told).toEqual([]);
    await expect(start()).rejects.toThrow('no browser');
    await expect(signIns.reopen()).rejects.toThrow('not-found');
  });

  it('that ends after the person went to another account signs nobody in there', async () => {
    await rig.signIn(accounts);
    await accounts.add();
    const { promise: taken, resolve: take } = Promise.withResolvers<void>();
    const { told, start, ended } = program(async (page) => {
      await comeBack('token-of-karim')(page);
      await accounts.show(accounts.list().accounts[0]?.id ?? '');
      take();
    });
    await start();
    await taken;
    await ended;
    expect(accounts.list().accounts).toHaveLength(1);
    expect(told.at(-1)?.step).toBe('failed');
    expect(rig.revoked).toEqual(['Bearer tok_2']);
  });

  it('opens the page that asks for the person’s approval at their own server only', async () => {
    const { pages, signIns } = program();
    const approval = { stage: 'm.login.sso', session: 'a&b/c' };
    await expect(signIns.approve(approval)).rejects.toThrow('not-signed-in');
    await rig.signIn(accounts);
    await signIns.approve(approval);
    expect(pages).toEqual([
      `${rig.chatUrl}/_matrix/client/v3/auth/m.login.sso/fallback/web?session=a%26b%2Fc`,
    ]);
  });
});
