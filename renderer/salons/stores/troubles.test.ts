import { describe, expect, it } from 'vitest';
import { budgetTransfer, calmOverview } from '../../../e2e/gallery/world/files.ts';
import { CRECHES } from '../../../e2e/gallery/world/salons.ts';
import type { FilesOverview, SalonFolder } from '../../../preload/contract/files.ts';
import { frenchWords } from '../../i18n/testing.ts';
import { Store } from '../../ui/store.ts';
import type { Sending } from './transfers-store.ts';
import { tellTroubles } from './troubles.ts';

const CONFLICT = { path: 'Convention.docx', copyPath: 'Convention (2).docx', at: 0 };

function heard() {
  const overview = new Store<FilesOverview | null>(null);
  const sendings = new Store<readonly Sending[]>([]);
  const lines: string[] = [];
  const stop = tellTroubles({
    overview,
    sendings,
    speak: (phrase) => phrase(frenchWords),
    say: (text) => lines.push(text),
  });
  const become = (part: Partial<SalonFolder>) => {
    const folders = calmOverview.folders.map((each) =>
      each.salonId === CRECHES ? { ...each, ...part } : each,
    );
    overview.set({ ...calmOverview, folders });
  };
  const send = (step: Sending['transfer']['step']) =>
    sendings.set([{ transfer: { ...budgetTransfer, step }, at: 0, message: 'later' }]);
  return { overview, sendings, lines, stop, become, send };
}

describe('what goes wrong with files', () => {
  it('is said once when it comes, and again when it comes back', () => {
    const { lines, become } = heard();
    become({});
    become({ conflicts: [CONFLICT] });
    become({ conflicts: [CONFLICT], fileCount: 7 });
    expect(lines).toEqual(['Crèches du 3ᵉ\u202f: 1 fichier en deux versions']);
    become({});
    become({ conflicts: [CONFLICT] });
    expect(lines).toHaveLength(2);
  });

  it('is not said again after what went on meanwhile', () => {
    const { lines, become } = heard();
    become({});
    become({ conflicts: [CONFLICT] });
    become({ conflicts: [CONFLICT], activity: { state: 'scanning' } });
    become({ conflicts: [CONFLICT] });
    expect(lines).toHaveLength(1);
  });

  it('is not said of what was so from the start', () => {
    const { lines, become } = heard();
    become({ conflicts: [CONFLICT] });
    expect(lines).toEqual([]);
  });

  it('is said of a file that could not be put into the folder', () => {
    const { lines, send } = heard();
    send({ step: 'uploading', bytesDone: 1, secondsLeft: null });
    send({ step: 'failed', problem: 'disk-full' });
    send({ step: 'failed', problem: 'disk-full' });
    expect(lines).toEqual(['Budget sécurité.xlsx\u202f: le disque de ce PC est plein']);
  });

  it('is told to nobody after the end', () => {
    const { overview, sendings, stop } = heard();
    stop();
    expect(overview.listenerCount + sendings.listenerCount).toBe(0);
  });
});
