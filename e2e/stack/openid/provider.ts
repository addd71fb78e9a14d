/**
 * A small OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE) for the demo's people: what an
 * organisation's directory is to its chat server.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { signInPage } from './page.ts';
import { createSigner, type Signer, secret, verifies } from './tokens.ts';

/** Somebody whom it knows. */
export interface KnownPerson {
  readonly name: string;
  readonly password: string;
  readonly displayName: string;
}

/** A running provider. `url` is its issuer. */
export interface OpenIdProvider {
  readonly url: string;
  readonly client: { readonly id: string; readonly secret: string };
  stop(): Promise<void>;
}

/** Somebody who just signed in, until the chat server asked who it is. */
interface Grant {
  readonly person: KnownPerson;
  readonly redirectUri: string;
  readonly nonce: string | null;
  readonly challenge: string | null;
}

const MINUTE_S = 60;

/** Starts it on loopback. */
export async function startOpenId(people: readonly KnownPerson[]): Promise<OpenIdProvider> {
  const provider = new Provider(people);
  const server = createServer((request, response) => void provider.answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  provider.url = `http://127.0.0.1:${address.port}`;
  return {
    url: provider.url,
    client: provider.client,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

class Provider {
  url = '';
  readonly client = { id: 'chat', secret: secret() };
  readonly #people: readonly KnownPerson[];
  readonly #signer: Signer = createSigner();
  readonly #grants = new Map<string, Grant>();
  readonly #tokens = new Map<string, KnownPerson>();

  constructor(people: readonly KnownPerson[]) {
    this.#people = people;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = new URLSearchParams((await request.toArray()).map(String).join(''));
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return json(response, 200, this.#metadata());
      case 'GET /jwks':
        return json(response, 200, { keys: [this.#signer.jwk] });
      case 'GET /authorize':
        return html(response, 200, signInPage(url.searchParams, null));
      case 'POST /authorize':
        return this.#authorize(response, body);
      case 'POST /token':
        return this.#token(response, request.headers.authorization, body);
      case 'GET /userinfo':
        return this.#userInfo(response, request.headers.authorization);
      default:
        return json(response, 404, { error: 'not_found' });
    }
  }

  #metadata(): Readonly<Record<string, unknown>> {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      userinfo_endpoint: `${this.url}/userinfo`,
      jwks_uri: `${this.url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  /** Sends who gave the right password back with a code; asks anybody else again. */
  #authorize(response: ServerResponse, form: URLSearchParams): void {
    const [name, password] = [form.get('user'), form.get('password')];
    form.delete('user');
    form.delete('password');
    const person = this.#people.find((one) => one.name === name && one.password === password);
    const redirectUri = form.get('redirect_uri');
    if (!person || redirectUri === null) return html(response, 403, signInPage(form, 'Mot de passe refusé'));
    const code = secret();
    const [nonce, challenge] = [form.get('nonce'), form.get('code_challenge')];
    this.#grants.set(code, { person, redirectUri, nonce, challenge });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', form.get('state') ?? '');
    response.writeHead(303, { location: back.href });
    response.end();
  }

  /** Gives the chat server, and nobody else, the word of who signed in, once. */
  #token(response: ServerResponse, authorization: string | undefined, form: URLSearchParams): void {
    const code = form.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const { id, secret: known } = this.client;
    if (authorization !== `Basic ${Buffer.from(`${id}:${known}`).toString('base64')}`)
      return json(response, 401, { error: 'invalid_client' });
    if (
      !grant ||
      grant.redirectUri !== form.get('redirect_uri') ||
      !verifies(grant.challenge, form.get('code_verifier'))
    )
      return json(response, 400, { error: 'invalid_grant' });
    const token = secret();
    this.#tokens.set(token, grant.person);
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...claimsOf(grant.person),
      iss: this.url,
      aud: id,
      iat: now,
      exp: now + MINUTE_S,
      ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
    };
    const idToken = this.#signer.sign(claims);
    return json(response, 200, {
      access_token: token,
      token_type: 'Bearer',
      expires_in: MINUTE_S,
      id_token: idToken,
    });
  }

  #userInfo(response: ServerResponse, authorization: string | undefined): void {
    const person = this.#tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (!person) return json(response, 401, { error: 'invalid_token' });
    return json(response, 200, claimsOf(person));
  }
}

function claimsOf({ name, displayName }: KnownPerson): Readonly<Record<string, string>> {
  return { sub: `agent-${name}`, preferred_username: name, name: displayName };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page);
}
