import type { Brand } from '../brand/schema.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { PolicyInForce } from './in-force.ts';
import type { PolicySource } from './readers/source.ts';
import { type LastGood, type PolicyReadings, readAll } from './readings.ts';
import type { SomeValues } from './schema/table.ts';

/** What the policy is made from. */
export interface PolicyParts {
  readonly sources: readonly PolicySource[];
  readonly brand: Brand;
  /** What the person set. */
  readonly chosen: Pick<Kept<SomeValues>, 'value'>;
  readonly lastGood: Kept<LastGood>;
  readonly log: Log;
}

/** The policy, and the way to stop hearing of its changes. */
export interface OpenPolicy {
  readonly policy: PolicyInForce;
  readonly close: () => Promise<void>;
}

/** Reads the policy and follows its places: what changes there holds at once. What is wrong is logged, never fatal. */
export async function openPolicy({
  sources,
  brand,
  chosen,
  lastGood,
  log,
}: PolicyParts): Promise<OpenPolicy> {
  const read = async (): Promise<PolicyReadings> => {
    const readings = await readAll(sources, lastGood);
    logComplaints(readings, log);
    return readings;
  };
  const policy = new PolicyInForce(await read(), brand, chosen);
  let reading = Promise.resolve();
  const readAgain = (): void => {
    reading = reading
      .then(async () => policy.take(await read()))
      .catch((error: unknown) => log.error('policy.not-followed', {}, error));
  };
  const stops = sources.map(({ watch }) => watch(readAgain));
  return {
    policy,
    close: async () => {
      for (const stop of stops) stop();
      await reading;
    },
  };
}

function logComplaints({ complaints }: PolicyReadings, log: Log): void {
  for (const complaint of complaints) {
    if (complaint.problem === 'unreadable') log.error('policy.unreadable', { ...complaint });
    else log.error('policy.wrong-key', { ...complaint });
  }
}
