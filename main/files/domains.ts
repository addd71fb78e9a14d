import { contract, type Handlers } from '../../preload/contract/index.ts';
import { AppError } from '../contract/app-error.ts';

/** The domains of files, of which each account has its own. */
export type FileDomains = {
  readonly [D in 'files' | 'salons' | 'fileActivity' | 'chosenFolders']: Handlers<D>;
};
type Handler = (request: unknown, signal: AbortSignal) => unknown;

/** What a page hears that is there before anybody signed in. */
const OF_NOBODY: Readonly<Record<string, unknown>> = {
  'files.overview': {
    place: null,
    suggestedPlace: '',
    paused: false,
    pausedUntil: null,
    mayAdd: false,
    spaceLimit: null,
    room: null,
    folders: [],
  },
  'files.transfers': [],
  'fileActivity.running': [],
  'fileActivity.waiting': { files: [], count: 0, bytes: 0 },
  'fileActivity.recent': [],
  'salons.pending': [],
};

/** Answers each request by the account that is shown when it comes. Throws `not-signed-in.files` when nobody's is. */
export function domainsOf(shown: () => Promise<{ readonly handlers: FileDomains } | null>): FileDomains {
  return {
    files: forwarded('files', async () => (await shown())?.handlers.files ?? null),
    salons: forwarded('salons', async () => (await shown())?.handlers.salons ?? null),
    fileActivity: forwarded('fileActivity', async () => (await shown())?.handlers.fileActivity ?? null),
    chosenFolders: forwarded('chosenFolders', async () => (await shown())?.handlers.chosenFolders ?? null),
  };
}

function forwarded<D extends keyof FileDomains>(
  domain: D,
  find: () => Promise<FileDomains[D] | null>,
): FileDomains[D] {
  const forward = (name: string): Handler => {
    return async (request, signal) => {
      const found = await find();
      const handler = new Map<string, Handler>(Object.entries(found ?? {})).get(name);
      if (handler) return handler(request, signal);
      const answer = OF_NOBODY[`${domain}.${name}`];
      if (answer === undefined) throw new AppError('not-signed-in.files');
      return answer;
    };
  };
  const names = Object.keys(contract[domain].requests);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each request of the contract, with its own handler
  return Object.fromEntries(names.map((name) => [name, forward(name)])) as FileDomains[D];
}
