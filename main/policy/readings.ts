import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Kept } from '../store/kept.ts';
import type { DecidedBy } from './levels.ts';
import type { PolicySource, Reading } from './readers/source.ts';
import { SETTING_IDS, type SettingId, type SomeValues } from './schema/table.ts';
import { type Complaint, understand } from './written.ts';

/** What the places said when they could last be understood, by place; it outlives the program. */
export const LastGood = z.record(z.string(), z.record(z.string(), z.unknown()));
export type LastGood = z.infer<typeof LastGood>;

/** A complaint and where its cause stands. */
export type PlacedComplaint =
  | (Complaint & { readonly place: string })
  /** The whole place; `kept` says whether the last good one holds in its stead. */
  | {
      readonly problem: 'unreadable';
      readonly place: string;
      readonly why: Extract<Reading, { status: 'unreadable' }>['why'];
      readonly kept: boolean;
    };

/** What all places say together. */
export interface PolicyReadings {
  readonly machine: SomeValues;
  readonly user: SomeValues;
  /** Where a decided value stands. */
  readonly places: Readonly<Record<Exclude<DecidedBy, 'brand'>, ReadonlyMap<SettingId, string>>>;
  readonly complaints: readonly PlacedComplaint[];
}

/**
 * Reads every place. Of two of one scope the first wins, key by key. A place that can't be understood holds what it held
 * when it last could; one that is gone holds nothing.
 */
export async function readAll(
  sources: readonly PolicySource[],
  lastGood: Kept<LastGood>,
): Promise<PolicyReadings> {
  const readings = await Promise.all(
    sources.map(async (source) => ({ source, reading: await source.read() })),
  );
  await remember(readings, lastGood);
  const understood = readings.map(({ source, reading }) => understandPlace(source, reading, lastGood.value));
  return {
    machine: merged(understood, 'machine'),
    user: merged(understood, 'user'),
    places: { machine: placesOf(understood, 'machine'), user: placesOf(understood, 'user') },
    complaints: understood.flatMap(({ complaints }) => complaints),
  };
}

type Read = { readonly source: PolicySource; readonly reading: Reading };
type Placed = Pick<PolicySource, 'scope' | 'place'> & {
  readonly values: SomeValues;
  readonly complaints: readonly PlacedComplaint[];
};

async function remember(readings: readonly Read[], lastGood: Kept<LastGood>): Promise<void> {
  const next: LastGood = {};
  for (const { source, reading } of readings) {
    const good = reading.status === 'read' ? reading.written : lastGood.value[source.place];
    if (reading.status !== 'absent' && good) next[source.place] = good;
  }
  if (!isDeepStrictEqual(next, lastGood.value)) await lastGood.set(next);
}

function understandPlace({ scope, place }: PolicySource, reading: Reading, lastGood: LastGood): Placed {
  if (reading.status === 'absent') return { scope, place, values: {}, complaints: [] };
  const written = reading.status === 'read' ? reading.written : lastGood[place];
  const { values, complaints } = understand(written ?? {}, scope);
  const placed: PlacedComplaint[] = complaints.map((complaint) => Object.assign({ place }, complaint));
  if (reading.status === 'unreadable')
    placed.unshift({ problem: 'unreadable', place, why: reading.why, kept: written !== undefined });
  return { scope, place, values, complaints: placed };
}

function merged(understood: readonly Placed[], scope: PolicySource['scope']): SomeValues {
  const values: SomeValues = {};
  for (const each of understood.toReversed()) if (each.scope === scope) Object.assign(values, each.values);
  return values;
}

function placesOf(understood: readonly Placed[], scope: PolicySource['scope']): Map<SettingId, string> {
  const places = new Map<SettingId, string>();
  for (const { scope: own, place, values } of understood)
    for (const id of SETTING_IDS)
      if (own === scope && values[id] !== undefined && !places.has(id)) places.set(id, place);
  return places;
}
