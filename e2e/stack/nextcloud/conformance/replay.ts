import { compareAftermath } from './aftermath.ts';
import { compareResponse } from './compare-response.ts';
import type { Comparison } from './compare-values.ts';
import { observe } from './effects.ts';
import { Likeness } from './likeness.ts';
import { preparations } from './preparations.ts';
import type { RecordedExchange } from './recordings.ts';
import { readGroup, shortId } from './recordings.ts';
import { Sender } from './sending.ts';
import type { ServerUnderTest } from './server-under-test.ts';
import { Stage } from './stage.ts';
import type { WireResponse } from './wire.ts';

/** How one exchange came out. */
export interface Outcome {
  readonly id: string;
  readonly group: string;
  readonly why: string;
  /** Empty when the answer is alike. */
  readonly differences: readonly string[];
  /** How many files were looked at afterwards, as the recorder did. */
  readonly looks: number;
  /** Why it was not replayed on this server; null when it was. */
  readonly notReplayed: string | null;
}

/** Replays the groups in order on one server and compares every answer. */
export async function replay(server: ServerUnderTest, groups: readonly string[]): Promise<Outcome[]> {
  const likeness = new Likeness();
  const stage = new Stage(server, likeness);
  const sender = new Sender(server, likeness);
  const outcomes: Outcome[] = [];
  for (const group of groups) {
    for (const exchange of readGroup(group)) {
      outcomes.push(await replayOne({ server, stage, sender, likeness }, group, exchange));
    }
  }
  return outcomes;
}

interface Replaying {
  readonly server: ServerUnderTest;
  readonly stage: Stage;
  readonly sender: Sender;
  readonly likeness: Likeness;
}

async function replayOne(replaying: Replaying, group: string, exchange: RecordedExchange): Promise<Outcome> {
  const { server, stage, sender, likeness } = replaying;
  const id = shortId(exchange);
  const about = { id, group, why: exchange.why };
  const notReplayed = impossibleHere(server, id);
  if (notReplayed !== null) return { ...about, differences: [], looks: 0, notReplayed };
  const recordedAt = Date.parse(String(exchange.response?.headers.Date ?? '')) || server.now();
  const prepare = preparations[id];
  if (prepare) {
    await server.pace(recordedAt - 2000);
    await prepare(stage);
  }
  const observation = await observe(stage, exchange);
  await server.pace(recordedAt);
  const actual = await sender.send(exchange);
  const comparison: Comparison = {
    likeness,
    host: new URL(server.origin).host,
    recordedAt,
    replayedAt: server.now(),
    differences: [],
  };
  compareAnswers(comparison, exchange, actual);
  const looks = await compareAftermath(comparison, stage, exchange);
  const effects = (await observation?.compareAfter()) ?? [];
  return { ...about, differences: [...comparison.differences, ...effects], looks, notReplayed: null };
}

function compareAnswers(
  comparison: Comparison,
  exchange: RecordedExchange,
  actual: WireResponse | null,
): void {
  const { response } = exchange;
  if (response && actual) compareResponse(comparison, exchange.request.method, response, actual);
  else if (response || actual) {
    comparison.differences.push(
      `${response ? response.status : 'no answer'} expected, ${actual ? actual.status : 'no answer'} found`,
    );
  }
}

/** Why an exchange cannot be replayed on this server, or null; puts the server into the state it needs. */
function impossibleHere(server: ServerUnderTest, id: string): string | null {
  if (/^01\/(4[3-9]|50)$/.test(id) && !server.setMaintenance(true))
    return 'maintenance cannot be switched from here';
  if (id.startsWith('12/') && !server.setFront('apache')) return 'the server has another front server';
  return null;
}
