import type { Download, DownloadsView } from '../../../preload/contract/downloads.ts';
import type { FakeHandlers } from '../fake-main.ts';

const FOLDER = '/home/n.benali/Téléchargements';

/** Nothing was downloaded yet. */
export const noDownloads: DownloadsView = { folder: FOLDER, downloads: [] };

const file = (name: string, host: string | null, rest: Pick<Download, 'bytesDone' | 'state'>): Download => ({
  id: crypto.randomUUID(),
  name,
  folder: FOLDER,
  host,
  bytesTotal: 48_000_000,
  ...rest,
});

/** One of each kind. */
export const someDownloads: DownloadsView = {
  folder: FOLDER,
  downloads: [
    file('Plans du gymnase.zip', 'fichiers.metropole.example', {
      bytesDone: 18_400_000,
      state: { step: 'running', bytesPerSecond: 1_200_000, secondsLeft: 24 },
    }),
    file('Compte rendu.pdf', null, { bytesDone: 310_000, state: { step: 'done', isElsewhere: false } }),
    file(
      'Relevé topographique de la parcelle 112, version du bureau d’études.dwg',
      'agenda.metropole.example',
      {
        bytesDone: 9_000_000,
        state: { step: 'failed', problem: 'disk-full', mayGoOn: true },
      },
    ),
    {
      ...file('Plan de masse.pdf.3f9a1c20.part', 'agenda.metropole.example', {
        bytesDone: 2_100_000,
        state: { step: 'failed', problem: 'not-placed', mayGoOn: true },
      }),
      bytesTotal: 2_100_000,
    },
    {
      ...file('facture.exe', 'partenaire.example', {
        bytesDone: 0,
        state: { step: 'failed', problem: 'refused', mayGoOn: false },
      }),
      folder: '',
      bytesTotal: null,
    },
  ],
};

/** Main's answers about downloads, from what it knows; `change` takes what it knows then. */
export function downloadHandlers(
  view: () => DownloadsView,
  change: (view: DownloadsView) => void,
): FakeHandlers['downloads'] {
  const keep = (isWanted: (download: Download) => boolean) =>
    change({ ...view(), downloads: view().downloads.filter(isWanted) });
  return {
    view,
    stop: ({ id }) => keep((each) => each.id !== id),
    goOn: () => undefined,
    reveal: () => undefined,
    forget: ({ id }) => keep((each) => each.id !== id),
    forgetEnded: () => keep(({ state }) => state.step === 'running'),
    chooseFolder: () => ({ chosen: false }),
  };
}
