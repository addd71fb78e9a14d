import { app, type Session, shell, type WebContents } from 'electron';
import type { Log } from '../log/log.ts';
import { openableLink, permittedLink } from './links.ts';
import { isOfCall } from './permissions.ts';

/** What the organisation wants of links: hosts that they may lead to (none: any), and pages of its own. */
export type LinkRule = () => { readonly hosts: readonly string[]; readonly own: readonly string[] };

/**
 * Where pages may go by themselves: none anywhere, but those of the organisation's services within their own hosts; and
 * which links the browser is given.
 */
export class PageRules {
  readonly #links: LinkRule;
  readonly #rules = new WeakMap<WebContents, (address: string) => boolean>();

  constructor(links: LinkRule) {
    this.#links = links;
  }

  /** Whether the browser may be given a link (normalised). */
  mayOpen(link: string): boolean {
    return permittedLink(link, this.#links());
  }

  /** Lets a page go where `mayGoTo` says. */
  let(contents: WebContents, mayGoTo: (address: string) => boolean): void {
    this.#rules.set(contents, mayGoTo);
  }

  mayGoTo(contents: WebContents, address: string): boolean {
    return this.#rules.get(contents)?.(address) ?? false;
  }
}

/**
 * Rules that hold for every page of the program: none navigates away (but as `rules` let it), opens a window or embeds a
 * webview; a wrong certificate ends the connection, and nobody can click it away.
 */
export function guardAllPages(rules: PageRules, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, rules, log));
  app.on('certificate-error', (event, _contents, _url, error, _certificate, answer) => {
    event.preventDefault();
    log.warn('certificate.refused', { error });
    answer(false);
  });
}

function guardPage(contents: WebContents, rules: PageRules, log: Log): void {
  contents.on('will-navigate', (event) => {
    if (!rules.mayGoTo(contents, event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (event.isMainFrame && !rules.mayGoTo(contents, event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openLink(url, rules, log);
    return { action: 'deny' };
  });
}

/** Hands an address to the system when it may be: one that is a link, to a host that the organisation permits. */
export async function openLink(
  address: string,
  rules: PageRules,
  log: Log,
): Promise<'opened' | 'no-link' | 'not-permitted'> {
  const link = openableLink(address);
  const refused = link === null ? 'no-link' : 'not-permitted';
  if (link === null || !rules.mayOpen(link)) {
    log.warn('link.refused', { why: refused });
    return refused;
  }
  await shell.openExternal(link);
  return 'opened';
}

/**
 * Frames in a call show our page and the conference, however deep they lie and wherever a server sends them. What a
 * frame loads is the page's policy's business: older Electrons ask for sockets too, whatever types the filter names.
 */
export function guardCallFrames(session: Session, domains: () => readonly string[], log: Log): void {
  const frames = { urls: ['<all_urls>'], types: ['mainFrame' as const, 'subFrame' as const] };
  session.webRequest.onBeforeRequest(frames, ({ url, resourceType }, answer) => {
    const isFrame = resourceType === 'mainFrame' || resourceType === 'subFrame';
    const cancel = isFrame && !isOfCall(url, domains());
    if (cancel) log.warn('frame.refused');
    answer({ cancel });
  });
}
