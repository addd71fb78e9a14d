import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ChatSession } from '../../../preload/contract/accounts.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { ListAssembler } from '../list-assembler.ts';
import type {
  CommandAnswer,
  CommandName,
  CommandRequest,
  SalonListSnapshot,
  SalonSummary,
  Snapshot,
  TimelineItem,
  TimelineSnapshot,
  WorkerSnapshot,
} from '../protocol.ts';
import { TimelineAssembler } from '../timeline-assembler.ts';

const WAIT_MS = 30_000;
/** What no snapshot tells (the server's side) is looked at this often. */
const LOOK_AGAIN_MS = 500;
const Login = z.object({ user_id: z.string(), device_id: z.string(), access_token: z.string() });

/** Signs in by password as main does. @throws when the server refuses. */
export function signIn(url: string, user: string, password: string): Promise<ChatSession> {
  return signInWith(url, {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user },
    password,
    initial_device_display_name: 'test',
  });
}

/** Signs in by whatever way. @throws when the server refuses. */
export async function signInWith(
  url: string,
  login: Readonly<Record<string, unknown>>,
): Promise<ChatSession> {
  const body = JSON.stringify(login);
  const response = await fetch(`${url}/_matrix/client/v3/login`, { method: 'POST', body });
  if (!response.ok) throw new Error(`login: ${response.status} ${await response.text()}`);
  const answer = Login.parse(await response.json());
  return {
    serverUrl: url,
    userId: answer.user_id,
    deviceId: answer.device_id,
    accessToken: answer.access_token,
    storageKey: randomBytes(32).toString('base64'),
    passing: null,
    earlier: [],
  };
}

type Found<T> = T | null | undefined | false;
type SnapshotOf<T extends Snapshot['type']> = Extract<Snapshot, { type: T }>['snapshot'];

/** A line to the server that can be cut and mended, and that counts. */
export class TestLine {
  requests = 0;
  /** Cuts the line at the first request that matches: what the server heard before it holds. */
  cutAt: ((method: string, url: string) => boolean) | null = null;
  /** Cuts the line before the answer of the first request that matches: the server took it. */
  cutAfter: ((method: string, url: string) => boolean) | null = null;
  /** Answers in the server's place where it gives something. */
  instead: ((url: string) => Response | null) | null = null;
  #cut: AbortController | null = new AbortController();

  get isCut(): boolean {
    return this.#cut === null;
  }

  /** Ends what is under way; nothing gets through until `mend`. */
  cut(): void {
    this.#cut?.abort(new TypeError('fetch failed'));
    this.#cut = null;
  }

  mend(): void {
    this.cutAt = null;
    this.cutAfter = null;
    this.#cut ??= new AbortController();
  }

  readonly fetch: typeof fetch = (input, init) => {
    this.requests += 1;
    const url = input instanceof Request ? input.url : String(input);
    const method = init?.method ?? 'GET';
    if (this.cutAt?.(method, url)) this.cut();
    if (this.#cut === null) return Promise.reject(new TypeError('fetch failed'));
    const instead = this.instead?.(url) ?? null;
    if (instead !== null) return Promise.resolve(instead);
    const signals = [this.#cut.signal, ...(init?.signal ? [init.signal] : [])];
    const answer = fetch(input, { ...init, signal: AbortSignal.any(signals) });
    return this.cutAfter?.(method, url) ? this.#lose(answer) : answer;
  };

  async #lose(answer: Promise<Response>): Promise<Response> {
    await (await answer).arrayBuffer();
    this.cut();
    throw new TypeError('fetch failed');
  }
}

/** One device of a person: an engine and everything it has told so far. */
export class TestDevice {
  readonly session: ChatSession;
  readonly line = new TestLine();
  readonly engine: Engine;
  readonly snapshots: Snapshot[] = [];
  readonly troubles: string[] = [];
  /** How far its clock is ahead, milliseconds: it comes back after so long. */
  aheadMs = 0;
  list: SalonListSnapshot = { connection: 'connecting', salons: [], total: null };
  timeline: TimelineSnapshot | null = null;
  readonly #listAssembler = new ListAssembler();
  readonly #timelineAssembler = new TimelineAssembler();
  readonly #waiting = new Set<() => void>();
  readonly #online = new Set<() => void>();

  constructor(session: ChatSession) {
    this.session = session;
    this.engine = createEngine({
      fetch: (input, init) => this.line.fetch(input, init),
      indexedDb: indexedDB,
      now: () => Date.now() + this.aheadMs,
      chance: () => 0,
      post: (message) => this.#hear(structuredClone(message)),
      onOnline: (listener) => {
        this.#online.add(listener);
        return () => this.#online.delete(listener);
      },
      trouble: (what) => this.troubles.push(what),
    });
  }

  /** Signs a person in on a new device and starts it. */
  static async begin(url: string, user: string, password: string, sliding = true): Promise<TestDevice> {
    const device = new TestDevice(await signIn(url, user, password));
    await device.start(sliding);
    return device;
  }

  async start(sliding = true): Promise<void> {
    await this.run('start', { session: this.session, serverFeatures: { sliding } });
  }

  run<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandAnswer<N>> {
    return this.engine.run(name, request);
  }

  /** The line is back and the computer says so. */
  mend(): void {
    this.line.mend();
    for (const listener of this.#online) listener();
  }

  stop(wipe = false): Promise<null> {
    return this.run('stop', { wipe });
  }

  /** Waits until something holds. @throws with what is known, after 30 s. */
  async until<T>(what: string, find: () => Found<T> | Promise<Found<T>>, ms = WAIT_MS): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const found = await find();
      if (found) return found;
      if (Date.now() > end) throw new Error(`never: ${what}\n${this.#known()}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(LOOK_AGAIN_MS, Math.max(1, end - Date.now())));
        this.#waiting.add(done);
      });
    }
  }

  live(): Promise<true> {
    return this.until('live', () => this.list.connection === 'live');
  }

  salon(name: string): Promise<SalonSummary> {
    return this.until(`salon ${name}`, () => this.list.salons.find((salon) => salon.name === name));
  }

  /** The item of the open conversation with this text. */
  text(text: string): Promise<TimelineItem> {
    return this.until(`text ${text}`, () =>
      this.timeline?.items.find((item) => item.content.kind === 'text' && item.content.text === text),
    );
  }

  /** The newest snapshot of a type. */
  last<T extends Snapshot['type']>(type: T): SnapshotOf<T> | null {
    return this.all(type).at(-1) ?? null;
  }

  /** All snapshots of a type, oldest first. */
  all<T extends Snapshot['type']>(type: T): readonly SnapshotOf<T>[] {
    return this.snapshots
      .filter((snapshot) => snapshot.type === type)
      .map((snapshot) => z.custom<SnapshotOf<T>>().parse(snapshot.snapshot));
  }

  #hear(message: WorkerSnapshot): void {
    if (message.type === 'salons-patch') this.list = this.#listAssembler.apply(message.patch);
    else if (message.type === 'timeline-patch') this.timeline = this.#timelineAssembler.apply(message.patch);
    else this.snapshots.push(message);
    for (const done of this.#waiting) done();
  }

  #known(): string {
    const { list, timeline, troubles, snapshots } = this;
    const others = snapshots.filter((snapshot) => snapshot.type !== 'details');
    return JSON.stringify({ troubles, list, timeline, others }, null, 1).slice(0, 6000);
  }
}
