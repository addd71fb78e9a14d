import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log/log.ts';
import { Arrival, type FinalPlace } from './arrival.ts';
import type { Carrier, ComingFile, ComingFrom, DownloadDesk, Ending } from './download-desk.ts';
import type { PartNote, PartNotes } from './part-notes.ts';

type EndState = 'completed' | 'cancelled' | 'interrupted';

/** A download as Electron carries it (`DownloadItem`): nothing can be asked of it once it is done. */
export interface Item {
  readonly getReceivedBytes: () => number;
  readonly getTotalBytes: () => number;
  readonly canResume: () => boolean;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  on(event: 'updated', listener: (event: unknown, state: 'progressing' | 'interrupted') => void): unknown;
  once(event: 'done', listener: (event: unknown, state: EndState) => void): unknown;
}

/** What all downloads are carried with. */
export interface Carrying {
  readonly desk: DownloadDesk;
  readonly notes: PartNotes;
  /** Where a file goes whose own place can't take it. */
  readonly spareFolder: () => string;
  readonly mark: (path: string, from: ComingFrom) => Promise<void>;
  readonly log: Log;
}

/** One download, as it begins. */
export interface OneDownload {
  readonly item: Item;
  /** Where its bytes go while they come. */
  readonly part: string;
  readonly name: string;
  readonly from: ComingFrom;
  /** Where it is to be in the end, or what asks the person: `isOver` says whether that is needed yet; null: they cancelled. */
  readonly place: FinalPlace | ((isOver: () => boolean) => Promise<FinalPlace | null>);
}

/** Follows one download from here to its end. It stands still while the person is asked. */
export function carry(one: OneDownload, carrying: Carrying): void {
  new CarriedFile(one, carrying).follow();
}

/** Puts a file in its place whose bytes all came in an earlier run, `size` of them. Resolves when that was tried. */
export async function carryOn(
  note: PartNote & { readonly place: FinalPlace },
  size: number,
  carrying: Carrying,
): Promise<void> {
  const { part, place, url, host, owner } = note;
  const from = { url, host, owner };
  const arrival = arrivalOf({ part, place, from }, carrying);
  const land = () => landAndTell(arrival, carrier, note, carrying);
  const carrier = carrying.desk.begin(
    {
      path: () => arrival.path,
      bytesDone: () => size,
      bytesTotal: () => size,
      mayGoOn: () => !arrival.isThere,
      stop: () => undefined, // nothing of it comes any more, and what came is whole
      goOn: () => void land(),
    },
    from,
  );
  await land();
}

class CarriedFile implements ComingFile {
  readonly #one: OneDownload;
  readonly #carrying: Carrying;
  readonly #carrier: Carrier;
  readonly #asked: Promise<FinalPlace | null>;
  #seen: Seen;
  #isOver = false;
  #place: FinalPlace | null = null;
  #arrival: Arrival | null = null;

  constructor(one: OneDownload, carrying: Carrying) {
    this.#one = one;
    this.#carrying = carrying;
    const { item, from, place } = one;
    this.#seen = lookAt(item);
    if (typeof place !== 'function') this.#place = place;
    this.#note(false);
    this.#carrier = carrying.desk.begin(this, from);
    this.#asked = typeof place === 'function' ? this.#ask(place) : Promise.resolve(place);
  }

  /** Its place; where it has none, that of what came. Null while the person is asked. */
  path(): string | null {
    if (this.#arrival) return this.#arrival.path;
    return this.#place && join(this.#place.folder, this.#place.name);
  }

  bytesDone(): number {
    return this.#seen.bytesDone;
  }

  bytesTotal(): number {
    return this.#seen.bytesTotal;
  }

  mayGoOn(): boolean {
    return this.#arrival ? !this.#arrival.isThere : !this.#isOver && this.#seen.mayGoOn;
  }

  stop(): void {
    if (!this.#isOver) this.#one.item.cancel();
  }

  goOn(): void {
    if (this.#arrival) void this.#land(this.#arrival);
    else if (!this.#isOver) this.#one.item.resume();
  }

  async #ask(ask: (isOver: () => boolean) => Promise<FinalPlace | null>): Promise<FinalPlace | null> {
    this.#one.item.pause();
    const isMoot = (): boolean => this.#isOver && this.#seen.state !== 'completed';
    this.#place = await ask(isMoot).catch((error: unknown) => {
      this.#carrying.log.warn('download.not-asked', {}, error);
      return null;
    });
    if (this.#place === null) this.stop();
    else if (!this.#isOver) {
      this.#note(false);
      this.goOn();
      this.#carrier.advanced();
    }
    // It ended while they were asked: now it has a place on the list, or none.
    if (isMoot()) this.#carrier.ended(this.#place === null ? 'stopped' : endingOf(this.#seen.state));
    return this.#place;
  }

  follow(): void {
    const { item } = this.#one;
    item.on('updated', (_event, state) => {
      this.#seen = lookAt(item);
      if (state === 'progressing') this.#carrier.advanced();
      else this.#carrier.brokeOff();
    });
    item.once('done', (_event, state) => {
      this.#seen = { ...lookAt(item), state };
      this.#isOver = true;
      void this.#end(state);
    });
  }

  async #end(state: EndState): Promise<void> {
    const { part } = this.#one;
    const place = state === 'completed' ? await this.#asked : null;
    if (place === null) {
      await this.#discard();
      this.#carrier.ended(endingOf(state));
      return;
    }
    this.#note(true);
    this.#arrival = arrivalOf({ part, place, from: this.#one.from }, this.#carrying);
    await this.#land(this.#arrival);
  }

  #land(arrival: Arrival): Promise<void> {
    return landAndTell(arrival, this.#carrier, this.#one, this.#carrying);
  }

  /** Chromium removes what it gives up, but for what was whole already. */
  async #discard(): Promise<void> {
    const { notes, log } = this.#carrying;
    const { part } = this.#one;
    try {
      await rm(part, { force: true });
      notes.stopped(part);
    } catch (error) {
      log.warn('download.part-stays', {}, error);
    }
  }

  #note(isWhole: boolean): void {
    const { part, name, from } = this.#one;
    this.#carrying.notes.note({ part, place: this.#place, isWhole, name, ...from });
  }
}

/** How one ended that did not come whole, or that the person cancelled. */
function endingOf(state: EndState | undefined): Ending {
  return state === 'interrupted' ? 'broken' : 'stopped';
}

function arrivalOf(
  { part, place, from }: { part: string; place: FinalPlace; from: ComingFrom },
  { mark, spareFolder, log }: Carrying,
): Arrival {
  return new Arrival({ part, place, spareFolder, mark: (path) => mark(path, from), log });
}

async function landAndTell(
  arrival: Arrival,
  carrier: Carrier,
  { part }: Pick<OneDownload, 'part'>,
  { notes }: Carrying,
): Promise<void> {
  carrier.advanced();
  if (!(await arrival.land())) {
    carrier.ended('unplaced');
    return;
  }
  notes.forget(part);
  carrier.ended(arrival.isElsewhere ? 'elsewhere' : 'done');
}

interface Seen {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly mayGoOn: boolean;
  readonly state?: EndState;
}

/** What can be known of an item while it is there. */
function lookAt(item: Item): Seen {
  return {
    bytesDone: item.getReceivedBytes(),
    bytesTotal: item.getTotalBytes(),
    mayGoOn: item.canResume(),
  };
}
