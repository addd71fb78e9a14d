import type { Exchange } from '../http/exchange.ts';
import { header, readFields } from '../http/exchange.ts';
import type { Headers } from '../http/reply.ts';
import { phpJson, reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { namesOf } from '../store/nodes.ts';
import { credentialsOf } from './basic-auth.ts';
import type { LoginFlows } from './login-flows.ts';
import { donePage, grantPage, loginPage, pickerPage, problemPage } from './pages.ts';
import type { Session, Sessions } from './sessions.ts';
import { secret, sessionCookie } from './sessions.ts';

/** What the login pages work with. */
export interface LoginContext {
  readonly standin: Standin;
  readonly flows: LoginFlows;
  readonly sessions: Sessions;
  readonly exchange: Exchange;
}

const grantPath = '/index.php/login/v2/grant';

/** Login Flow v2 and the few other pages outside DAV and OCS; what is unknown gets 404. */
export async function handlePages(context: LoginContext): Promise<void> {
  const { standin, exchange } = context;
  if (standin.switches.maintenance) {
    page(exchange, 503, problemPage({ fr: 'Maintenance en cours', en: 'Maintenance mode' }), {
      'X-Nextcloud-Maintenance-Mode': '1',
      'Retry-After': '120',
    });
    return;
  }
  const path = exchange.path.replace(/^\/index\.php/, '').replace(/\/$/, '');
  const flowToken = /^\/login\/v2\/flow\/([^/]+)$/.exec(path)?.[1];
  const fileId = /^\/f\/(\d+)$/.exec(path)?.[1];
  if (flowToken !== undefined) return openFlow(context, flowToken);
  if (fileId !== undefined) return openFile(context, Number(fileId));
  return handlePage(context, `${exchange.method} ${path}`);
}

async function handlePage(context: LoginContext, route: string): Promise<void> {
  const { exchange } = context;
  switch (route) {
    case 'POST /login/v2':
      return startFlow(context);
    case 'GET /login/v2':
      return reply(exchange, 405, { 'Content-Type': 'text/html; charset=UTF-8' });
    case 'POST /login/v2/poll':
      return poll(context);
    case 'GET /login/v2/flow':
      return showPicker(context);
    case 'GET /login':
      return showLogin(context);
    case 'POST /login':
      return signIn(context);
    case 'GET /login/v2/grant':
      return showGrant(context);
    case 'POST /login/v2/grant':
      return grant(context);
    case 'POST /core/wipe/check':
    case 'GET /core/preview':
      return json(exchange, 404, []);
    default:
      return page(exchange, 404, problemPage({ fr: 'Page introuvable', en: 'Page not found' }));
  }
}

function startFlow({ flows, exchange }: LoginContext): void {
  const { pollToken, loginToken } = flows.start(header(exchange, 'user-agent') ?? 'unknown');
  json(exchange, 200, {
    poll: { token: pollToken, endpoint: `${exchange.origin}/index.php/login/v2/poll` },
    login: `${exchange.origin}/index.php/login/v2/flow/${loginToken}`,
  });
}

async function poll({ flows, exchange }: LoginContext): Promise<void> {
  const token = (await readFields(exchange)).get('token');
  if (token === undefined) {
    page(exchange, 500, problemPage({ fr: 'Erreur interne du serveur', en: 'Internal Server Error' }));
    return;
  }
  const granted = flows.poll(token);
  if (granted) json(exchange, 200, { server: exchange.origin, ...granted });
  else json(exchange, 404, []);
}

/** The address a client opens: remembers the flow in the browser's session (01/33). */
function openFlow({ flows, sessions, exchange }: LoginContext, loginToken: string): void {
  if (flows.clientOf(loginToken) === null) {
    page(
      exchange,
      403,
      problemPage({ fr: 'Ce lien n’est plus valable', en: 'This link is no longer valid' }),
    );
    return;
  }
  const session = sessions.open();
  session.flowToken = loginToken;
  session.stateToken = secret(32);
  redirect(exchange, `${exchange.origin}/index.php/login/v2/flow?user=`, sessionCookie(session));
}

function showPicker(context: LoginContext): void {
  const { exchange } = context;
  const session = context.sessions.of(exchange);
  const client = clientOf(context, session);
  if (!session || client === null) return invalidState(exchange);
  page(
    exchange,
    200,
    pickerPage(client, session.requestToken, `${grantPath}?stateToken=${session.stateToken}`),
  );
}

function showLogin({ sessions, exchange }: LoginContext): void {
  const known = sessions.of(exchange);
  const session = known ?? sessions.open();
  const target = exchange.query.get('redirect_url') ?? grantPath;
  const failed = exchange.query.has('failed');
  page(exchange, 200, loginPage(session.requestToken, target, failed), known ? {} : sessionCookie(session));
}

/** The login form was sent (01/36). Only addresses of this server are followed afterwards. */
async function signIn({ standin, sessions, exchange }: LoginContext): Promise<void> {
  const session = sessions.of(exchange);
  const fields = await readFields(exchange);
  if (!session || fields.get('requesttoken') !== session.requestToken) return invalidState(exchange);
  const asked = fields.get('redirect_url') ?? grantPath;
  const target = /^\/(?![/\\])/.test(asked) ? asked : grantPath;
  const result = standin.accounts.signIn(fields.get('user') ?? '', fields.get('password') ?? '');
  if ('refused' in result || result.caller.appPassword !== null) {
    redirect(
      exchange,
      `${exchange.origin}/index.php/login?failed=1&redirect_url=${encodeURIComponent(target)}`,
    );
    return;
  }
  session.uid = result.caller.account.uid;
  redirect(exchange, `${exchange.origin}${target}`);
}

/** The question page; browsers that are not signed in are sent to the form, scripts get 401 (01/35). */
function showGrant(context: LoginContext): void {
  const { standin, exchange } = context;
  const session = context.sessions.of(exchange);
  if (!session || session.uid === null) {
    const wantsPage = header(exchange, 'accept')?.includes('text/html') === true;
    const target = encodeURIComponent(`${grantPath}?${exchange.query}`);
    if (wantsPage) redirect(exchange, `${exchange.origin}/index.php/login?redirect_url=${target}`);
    else json(exchange, 401, { message: 'Current user is not logged in' });
    return;
  }
  const client = clientOf(context, session);
  if (client === null || exchange.query.get('stateToken') !== session.stateToken)
    return invalidState(exchange);
  const name = standin.accounts.get(session.uid)?.displayName ?? session.uid;
  page(exchange, 200, grantPage(client, name, session.requestToken, session.stateToken ?? ''));
}

async function grant(context: LoginContext): Promise<void> {
  const { standin, flows, exchange } = context;
  const session = context.sessions.of(exchange);
  const fields = await readFields(exchange);
  const client = clientOf(context, session);
  const valid =
    session !== null &&
    session.uid !== null &&
    fields.get('requesttoken') === session.requestToken &&
    fields.get('stateToken') === session.stateToken;
  if (!valid || client === null || session.flowToken === null) return invalidState(exchange);
  const appPassword = standin.accounts.createAppPassword(session.uid ?? '', client);
  flows.grant(session.flowToken, { loginName: session.uid ?? '', appPassword });
  session.flowToken = null;
  page(exchange, 200, donePage(session.requestToken));
}

/** /f/{id}: where the web interface would show the file (05/49). */
function openFile({ standin, exchange }: LoginContext, fileId: number): void {
  const credentials = credentialsOf(standin.accounts, exchange);
  const node = standin.tree.byId(fileId);
  if (credentials.kind !== 'caller' || !node)
    return page(exchange, 404, problemPage({ fr: 'Introuvable', en: 'Not found' }));
  const names = namesOf(node);
  const folder = `/${names.slice(0, -1).join('/')}`;
  redirect(
    exchange,
    `/index.php/apps/files/?dir=${folder}&openfile=${fileId}&scrollto=${names.at(-1) ?? ''}`,
  );
}

function clientOf({ flows }: LoginContext, session: Session | null): string | null {
  return !session || session.flowToken === null ? null : flows.clientOf(session.flowToken);
}

function invalidState(exchange: Exchange): void {
  page(exchange, 403, problemPage({ fr: 'La demande n’est plus valable', en: 'State token does not match' }));
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

function page(exchange: Exchange, status: number, html: string, headers: Headers = {}): void {
  exchange.request.resume();
  reply(
    exchange,
    status,
    { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Security-Policy': policy, ...headers },
    html,
  );
}

function json(exchange: Exchange, status: number, value: unknown): void {
  exchange.request.resume();
  reply(exchange, status, { 'Content-Type': 'application/json; charset=utf-8' }, phpJson(value));
}

function redirect(exchange: Exchange, location: string, headers: Headers = {}): void {
  reply(exchange, 303, { Location: location, 'Content-Type': 'text/html; charset=UTF-8', ...headers });
}
