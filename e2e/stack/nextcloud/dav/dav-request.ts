import type { Exchange } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import type { RequestedPath } from '../store/names.ts';
import { nameProblem } from '../store/names.ts';
import type { Lookup, Nowhere, Place } from '../store/view.ts';
import type { DavError } from './dav-error.ts';
import { badRequest, forbidden, invalidName, notFound } from './dav-error.ts';

interface DavRequestParts {
  readonly exchange: Exchange;
  readonly standin: Standin;
  /** Who asks; for public links the owner. */
  readonly uid: string;
  /** Start of every href, without a closing slash: `/remote.php/dav/files/alice`. */
  readonly base: string;
  /** The same as error messages put it: `files/alice`. */
  readonly davBase: string;
  readonly root: Place;
  readonly path: RequestedPath;
  /** What the endpoint says it can do. */
  readonly features: string;
}

/** A request about something in somebody's files. Places are looked up anew each time: the tree may change. */
export class DavRequest {
  readonly exchange: Exchange;
  readonly uid: string;
  readonly path: RequestedPath;
  readonly root: Place;
  readonly features: string;
  readonly #standin: Standin;
  readonly #base: string;
  readonly #davBase: string;

  constructor(parts: DavRequestParts) {
    this.exchange = parts.exchange;
    this.uid = parts.uid;
    this.path = parts.path;
    this.root = parts.root;
    this.features = parts.features;
    this.#standin = parts.standin;
    this.#base = parts.base;
    this.#davBase = parts.davBase;
  }

  /** The same request seen from another path in the same files. */
  at(path: RequestedPath): DavRequest {
    return new DavRequest({
      exchange: this.exchange,
      standin: this.#standin,
      uid: this.uid,
      base: this.#base,
      davBase: this.#davBase,
      root: this.root,
      features: this.features,
      path,
    });
  }

  /** The last name of the path; empty for the top. */
  get name(): string {
    return this.path.names.at(-1) ?? '';
  }

  /** `files/alice/a/b`, as error messages put it. */
  get davPath(): string {
    return [this.#davBase, ...this.path.names].join('/');
  }

  lookup(): Lookup {
    return this.#standin.view.find(this.root, this.path.names);
  }

  place(): Place | null {
    const lookup = this.lookup();
    return 'place' in lookup ? lookup.place : null;
  }

  /** The place, or 404 in the server's words. */
  requirePlace(): Place {
    const lookup = this.lookup();
    if ('place' in lookup) return lookup.place;
    throw this.missing(lookup.nowhere);
  }

  parentLookup(): Lookup {
    return this.#standin.view.find(this.root, this.path.names.slice(0, -1));
  }

  /** 404: names the first missing ancestor (02/22); below a file it says so differently (02/23). */
  missing({ depth, underFile }: Nowhere): DavError {
    if (underFile) return notFound(`Could not find node at path: ${this.davPath}`);
    return notFound(
      `File with name ${missingPath(this.path.names.slice(0, depth + 1))} could not be located`,
    );
  }

  /** Refuses names the server will not store (03/35 to 03/62). */
  checkName(): void {
    switch (nameProblem(this.name, this.#standin.switches.forbiddenCharacters)) {
      case 'forbidden':
        throw forbidden();
      case 'invalid-character':
        throw invalidName('File name contains at least one invalid character');
      case 'too-long':
        throw invalidName('File name is too long');
      case null:
        if (this.name === '') throw badRequest('Empty file name');
    }
  }

  /** The unencoded href of a place; folders end in a slash. */
  hrefOf(place: Place): string {
    const path = [this.#base, ...place.names].join('/');
    return place.node.kind === 'folder' ? `${path}/` : path;
  }

  /** The href of the place asked for, in the client's own spelling of accents (02/41). */
  hrefAsAsked(): string {
    const path = [this.#base, ...this.path.asked].join('/');
    return this.place()?.node.kind === 'folder' ? `${path}/` : path;
  }
}

/** `/s2/nope`; directly below the home the slash is doubled: `//rw` (09/77). */
export function missingPath(names: readonly string[]): string {
  return names.length === 1 ? `//${names[0]}` : `/${names.join('/')}`;
}
