import type {
  CommandAnswer,
  CommandError,
  CommandName,
  CommandRequest,
  SalonDetails,
  SalonListSnapshot,
  SalonSummary,
  Snapshot,
  TimelineItem,
  TimelineSnapshot,
} from '../../renderer/matrix/protocol.ts';
import { folded } from '../../renderer/salons/list/list-rows.ts';
import type { ChatPort, CommandOutcome } from '../../renderer/salons/stores/chat-port.ts';
import { members, nadia } from './world/people.ts';
import { paintPicture } from './world/picture.ts';
import { item, longPast, text } from './world/timeline.ts';

type Answers = {
  readonly [N in CommandName]: (request: CommandRequest<N>) => CommandAnswer<N> | Promise<CommandAnswer<N>>;
};

/** Thrown by an answer to make a command fail. */
export class ChatRefusal extends Error {
  readonly error: CommandError;
  constructor(code: CommandError['code']) {
    super(code);
    this.error = { code, detail: 'gallery' };
  }
}

/** What the scripted chat knows. */
export interface ChatWorld {
  list: SalonListSnapshot | null;
  readonly timelines: Map<string, TimelineSnapshot>;
  details: Partial<SalonDetails>;
  /** Commands that fail, by name. */
  readonly failing: Map<CommandName, CommandError['code']>;
}

/** Plays the Matrix worker for the gallery: commands change its world and snapshots follow, copied as by a worker. */
export class FakeChat implements ChatPort {
  readonly world: ChatWorld;
  readonly ran: { readonly name: CommandName; readonly request: unknown }[] = [];
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  readonly #answers: Answers;
  #open: string | null = null;
  #sent = 0;

  constructor(world: ChatWorld) {
    this.world = world;
    this.#answers = this.#script();
  }

  readonly subscribe = (listener: (snapshot: Snapshot) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** How many listen: 0 after the page ended. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  readonly close = (): void => this.#listeners.clear();

  readonly run = async <N extends CommandName>(
    name: N,
    request: CommandRequest<N>,
  ): Promise<CommandOutcome<N>> => {
    this.ran.push({ name, request });
    const failing = this.world.failing.get(name);
    if (failing) return { ok: false, error: errorOf(failing) };
    try {
      return { ok: true, value: await this.#answers[name](request) };
    } catch (problem) {
      if (problem instanceof ChatRefusal) return { ok: false, error: problem.error };
      throw problem;
    }
  };

  /** Sends a snapshot as the worker does. */
  readonly tell = (snapshot: Snapshot): void => {
    for (const listener of this.#listeners) listener(structuredClone(snapshot));
  };

  /** Sends all that is known. */
  readonly tellAll = (): void => {
    this.tell({ type: 'self', snapshot: nadia });
    if (this.world.list) this.tell({ type: 'salons', snapshot: this.world.list });
    this.#tellOpen();
  };

  /** Changes a salon of the list. */
  readonly change = (salonId: string, part: Partial<SalonSummary>): void => {
    if (!this.world.list) return;
    const salons = this.world.list.salons.map((each) => (each.id === salonId ? { ...each, ...part } : each));
    this.world.list = { ...this.world.list, salons };
    this.tell({ type: 'salons', snapshot: this.world.list });
  };

  /** Adds a message to a conversation. */
  readonly add = (salonId: string, message: TimelineItem): void => {
    const timeline = this.world.timelines.get(salonId);
    if (!timeline) return;
    this.world.timelines.set(salonId, { ...timeline, items: [...timeline.items, message] });
    this.#tellOpen();
  };

  #tellOpen(): void {
    const salonId = this.#open;
    if (salonId === null) return;
    const timeline = this.world.timelines.get(salonId);
    if (timeline) this.tell({ type: 'timeline', snapshot: timeline });
    this.tell({
      type: 'details',
      snapshot: {
        salonId,
        members,
        topic: '',
        may: { write: true, call: true, invite: true },
        ...this.world.details,
      },
    });
  }

  #edit(salonId: string, change: (message: TimelineItem) => TimelineItem | null): null {
    const timeline = this.world.timelines.get(salonId);
    if (!timeline) return null;
    const items = timeline.items.flatMap((message) => change(message) ?? []);
    this.world.timelines.set(salonId, { ...timeline, items });
    this.#tellOpen();
    return null;
  }

  #say(salonId: string, content: TimelineItem['content']): { key: string } {
    this.#sent += 1;
    const message = item(nadia, Date.now(), content, { key: `sent${this.#sent}` });
    this.add(salonId, message);
    return { key: message.key };
  }

  #script(): Answers {
    return {
      ...this.#reading(),
      ...this.#writing(),
      ...this.#salons(),
      ...this.#protection(),
      ...this.#calls(),
    } as Answers;
  }

  #reading(): Partial<Answers> {
    return {
      start: () => null,
      stop: () => null,
      open: ({ salonId }) => {
        this.#open = salonId;
        this.#tellOpen();
        return null;
      },
      loadOlder: async ({ salonId }) => {
        const timeline = this.world.timelines.get(salonId);
        if (!timeline || timeline.older === 'start') return null;
        this.world.timelines.set(salonId, { ...timeline, older: 'loading' });
        this.#tellOpen();
        await new Promise((resolve) => setTimeout(resolve, 400));
        const older = longPast(40, 'more').items;
        const first = timeline.items[0]?.at ?? 0;
        const shifted = older.map((message) => ({
          ...message,
          at: message.at - (Date.now() - first) - 3_600_000,
        }));
        this.world.timelines.set(salonId, {
          ...timeline,
          items: [...shifted, ...timeline.items],
          older: timeline.items.length > 200 ? 'start' : 'more',
        });
        this.#tellOpen();
        return null;
      },
      markRead: ({ salonId }) => {
        this.change(salonId, { unread: 0, mentions: 0 });
        return null;
      },
      countUnsent: () => ({ unsent: 0 }),
      media: async ({ key }) => {
        if (key.startsWith('lost')) throw new ChatRefusal('not-found');
        if (key.startsWith('slow')) return new Promise(() => undefined);
        return { blob: await paintPicture(key) };
      },
      stopMedia: () => null,
      searchDirectory: ({ term }) => ({
        hits: members
          .filter(({ name }) => folded(name).includes(folded(term)))
          .map(({ userId, name, partnerOf }) => ({ userId, name, partnerOf })),
      }),
    };
  }

  #writing(): Partial<Answers> {
    return {
      sendText: ({ salonId, text: words }) => this.#say(salonId, text(words)),
      sendFolderFile: ({ salonId, path, fileId, size, mimeType }) =>
        this.#say(salonId, { kind: 'folder-file', path, fileId, size, mimeType }),
      resend: ({ salonId, key }) =>
        this.#edit(salonId, (message) =>
          message.key === key ? { ...message, sending: { state: 'sent' } } : message,
        ),
      discardUnsent: ({ salonId, key }) =>
        this.#edit(salonId, (message) => (message.key === key ? null : message)),
      react: ({ salonId, eventId, reaction }) =>
        this.#edit(salonId, (message) =>
          message.eventId === eventId
            ? { ...message, reactions: toggled(message.reactions, reaction) }
            : message,
        ),
      editText: ({ salonId, eventId, text: words }) =>
        this.#edit(salonId, (message) =>
          message.eventId === eventId ? { ...message, content: text(words), edited: true } : message,
        ),
      deleteMessage: ({ salonId, eventId }) =>
        this.#edit(salonId, (message) =>
          message.eventId === eventId ? { ...message, content: { kind: 'deleted' }, reactions: [] } : message,
        ),
      setTyping: () => null,
    };
  }

  #salons(): Partial<Answers> {
    return {
      setPinned: ({ salonId, pinned }) => {
        this.change(salonId, { pinned });
        return null;
      },
      createSalon: () => ({ salonId: '!rugby:metropole.example' }),
      findCreation: () => ({ salonId: null }),
      acceptInvite: ({ salonId }) => {
        this.change(salonId, { membership: 'joined' });
        return null;
      },
      leave: ({ salonId }) => {
        if (this.world.list)
          this.world.list = {
            ...this.world.list,
            salons: this.world.list.salons.filter(({ id }) => id !== salonId),
          };
        this.tellAll();
        return null;
      },
      invite: () => null,
    };
  }

  #protection(): Partial<Answers> {
    return {
      createRecoveryCode: () => ({ code: 'EsTc 5vHJ kQ2m 9RtB wXyZ 4dPn 7gLs 3fAk 8uMe 6hVb cNpq' }),
      confirmRecoveryCode: () => {
        this.tell({ type: 'protection', snapshot: { state: 'ready' } });
        return null;
      },
      useRecoveryCode: ({ code }) => {
        if (!code.startsWith('Es')) throw new ChatRefusal('wrong-code');
        this.tell({ type: 'protection', snapshot: { state: 'ready' } });
        return { restored: 1284 };
      },
    };
  }

  #calls(): Partial<Answers> {
    return {
      prepareCall: () => ({
        conference: {
          domain: 'meet.metropole.example',
          conferenceId: 'JitsiAbc',
          audioOnly: false,
          auth: 'none',
        },
        widgetId: 'w1',
        jwt: null,
      }),
      ring: () => ({ ringId: '$ring' }),
      stopRinging: () => null,
      declineCall: () => null,
      setInCall: () => null,
    };
  }
}

function toggled(reactions: TimelineItem['reactions'], key: string): TimelineItem['reactions'] {
  const found = reactions.find((reaction) => reaction.key === key);
  if (!found) return [...reactions, { key, count: 1, mine: true }];
  const count = found.count + (found.mine ? -1 : 1);
  return reactions.flatMap((reaction) =>
    reaction !== found ? reaction : count > 0 ? { key, count, mine: !found.mine } : [],
  );
}

/** What a server that asks for an approval sends along is part of its error. */
function errorOf(code: CommandError['code']): CommandError {
  const approval = { stage: 'm.login.sso', session: 'gallery' } as const;
  return { code, detail: 'gallery', ...(code === 'approval-needed' ? { approval } : {}) };
}
