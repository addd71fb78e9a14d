import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../http/http.ts';
import { normalised } from './address.ts';
import { discover, type KnownServers } from './discover.ts';
import { type Answers, serveAnswers } from './testing.ts';

const http = createHttp(fetch);
const NOBODY: KnownServers = { policy: {}, brand: { chat: null, files: null } };
const servers: { close: () => Promise<void> }[] = [];
const serve = async (answers: Answers) => {
  const server = await serveAnswers(answers);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const chat: Answers = {
  'GET /_matrix/client/versions': () => ({ json: { versions: ['v1.11'] } }),
  'GET /_matrix/client/v3/login': () => ({
    json: { flows: [{ type: 'm.login.password' }, { type: 'm.login.sso' }] },
  }),
};
const files: Answers = {
  'GET /status.php': () => ({
    json: { installed: true, maintenance: false, productname: 'Nuage', version: '24.0.5.1' },
  }),
};
const find = (typed: string, known = NOBODY) => discover(http, typed, known, new AbortController().signal);

describe('discovery', () => {
  it('follows what the domain says about itself', async () => {
    const chatServer = await serve(chat);
    const filesServer = await serve(files);
    const domain = await serve({
      'GET /.well-known/matrix/client': () => ({
        json: {
          'm.homeserver': { base_url: `${chatServer.url}/` },
          'fr.traboule.servers': { files: `${filesServer.url}/` },
        },
      }),
    });
    expect(await find(`@camille:${domain.host}`)).toEqual({
      chat: {
        found: true,
        offer: {
          serverUrl: chatServer.url,
          user: 'camille',
          password: true,
          browser: [{ id: null, name: null }],
        },
      },
      files: { found: true, serverUrl: filesServer.url, productName: 'Nuage' },
    });
  });

  it('asks the domain itself when it has no well-known', async () => {
    const server = await serve(chat);
    const found = await find(`camille@${server.host}`);
    expect(found.chat).toMatchObject({ found: true, offer: { serverUrl: server.url } });
    expect(found.files).toMatchObject({
      found: false,
      error: { messageKey: 'errors:not-found.files-server' },
    });
  });

  it('uses the servers of the brand for a plain name, and where the domain is no server', async () => {
    const chatServer = await serve(chat);
    const filesServer = await serve(files);
    const website = await serve({ 'GET /_matrix/client/versions': () => ({ html: '<html>' }) });
    const known = { policy: {}, brand: { chat: `${chatServer.url}/`, files: `${filesServer.url}/` } };
    for (const typed of ['camille', `camille@${website.host}`]) {
      expect(await find(typed, known)).toMatchObject({
        chat: { found: true, offer: { serverUrl: chatServer.url, user: 'camille' } },
        files: { found: true, serverUrl: filesServer.url },
      });
    }
  });

  it('lets the policy decide, whatever the domain says', async () => {
    const decided = await serve(chat);
    const other = await serve(chat);
    const found = await find(`camille@${other.host}`, { ...NOBODY, policy: { chat: decided.url } });
    expect(found.chat).toMatchObject({ offer: { serverUrl: decided.url } });
  });

  it('finds each of the two without the other', async () => {
    const chatServer = await serve(chat);
    const gone = await serve({});
    await gone.close();
    const known = (chatUrl: string, filesUrl: string) => ({
      policy: {},
      brand: { chat: chatUrl, files: filesUrl },
    });
    expect(await find('c', known(chatServer.url, gone.url))).toMatchObject({
      chat: { found: true },
      files: { found: false, error: { code: 'unreachable', retryable: true } },
    });
    const filesServer = await serve(files);
    expect(await find('c', known(gone.url, filesServer.url))).toMatchObject({
      chat: { found: false, error: { messageKey: 'errors:unreachable.chat' } },
      files: { found: true },
    });
  });

  it('knows a web page from a server, and a server in maintenance from a broken one', async () => {
    const website = await serve({
      'GET /_matrix/client/versions': () => ({ html: '<!doctype html>' }),
      'GET /status.php': () => ({ html: '<!doctype html>' }),
    });
    expect(
      await find('c', { policy: { chat: website.url, files: website.url }, brand: NOBODY.brand }),
    ).toMatchObject({
      chat: { error: { code: 'not-a-server', details: { host: website.host } } },
      files: { error: { code: 'not-a-server' } },
    });
    const closed = await serve({
      'GET /status.php': () => ({ json: { installed: true, maintenance: true } }),
    });
    expect(await find('c', { policy: { files: closed.url }, brand: NOBODY.brand })).toMatchObject({
      files: { error: { code: 'maintenance' } },
    });
  });

  it('knows who may be asked in the browser, in the order of the server, and leaves out what can’t be one', async () => {
    const flow = (identity_providers: unknown) => ({
      json: { flows: [{ type: 'm.login.sso', identity_providers }] },
    });
    const named = [
      { id: 'oidc-b', name: 'Annuaire', brand: 'keycloak', icon: 'mxc://m.example/x' },
      { id: '..', name: 'Haut' },
      { id: 'a/b', name: 'Chemin' },
      { id: 'sans-nom' },
      { id: 'oidc-a', name: 'Partenaires' },
    ];
    const offered = async (providers: unknown) => {
      const server = await serve({ ...chat, 'GET /_matrix/client/v3/login': () => flow(providers) });
      return (await find('c', { policy: { chat: server.url }, brand: NOBODY.brand })).chat;
    };
    expect(await offered(named)).toMatchObject({
      offer: {
        password: false,
        browser: [
          { id: 'oidc-b', name: 'Annuaire' },
          { id: 'oidc-a', name: 'Partenaires' },
        ],
      },
    });
    for (const none of [undefined, [], 'x', [{ id: 1 }]])
      expect(await offered(none)).toMatchObject({ offer: { browser: [{ id: null, name: null }] } });
  });

  it('offers no password where the administrator wants none to be typed here', async () => {
    const onlyPassword = { json: { flows: [{ type: 'm.login.password' }] } };
    const both = await serve(chat);
    const one = await serve({ ...chat, 'GET /_matrix/client/v3/login': () => onlyPassword });
    const known = (server: string) => ({
      policy: { chat: server, passwordSignIn: false },
      brand: NOBODY.brand,
    });
    expect(await find('c', known(both.url))).toMatchObject({
      chat: { found: true, offer: { password: false, browser: [{ id: null, name: null }] } },
    });
    expect(await find('c', known(one.url))).toMatchObject({
      chat: { found: false, error: { messageKey: 'errors:forbidden.password' } },
    });
  });

  it('never follows a domain to an address in the clear', async () => {
    const domain = await serve({
      'GET /.well-known/matrix/client': () => ({
        json: { 'm.homeserver': { base_url: 'http://chat.example' } },
      }),
    });
    expect(await find(`c@${domain.host}`)).toMatchObject({ chat: { error: { code: 'unsupported' } } });
    for (const secret of ['https://:word@chat.example', 'https://name@chat.example'])
      expect(() => normalised(secret, 'chat')).toThrow('not-a-server.chat');
  });

  it('refuses what is no address, and a plain name where no server is known', async () => {
    await expect(find('https://x')).rejects.toMatchObject({ about: 'not-found.address' });
    expect(await find('camille')).toMatchObject({ chat: { error: { code: 'not-found' } } });
  });
});
