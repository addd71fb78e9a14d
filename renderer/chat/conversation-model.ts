import type { AnyError } from '../i18n/error-words.ts';
import type { CommandName, TimelineItem } from '../matrix/protocol.ts';
import type { CommandOutcome } from '../salons/stores/chat-port.ts';
import type { ChatStore } from '../salons/stores/chat-store.ts';
import type { Attention } from '../salons/stores/workspace.ts';
import { Disposables } from '../ui/disposables.ts';
import { type Readable, Store } from '../ui/store.ts';

const TYPING_PAUSE_MS = 5000;

interface Needs {
  readonly salonId: string;
  readonly chat: ChatStore;
  readonly attention: Readable<Attention>;
  /** Keeps a message until the chat has it; hears whether it does: one that could not be kept must not be lost. */
  readonly hold: (text: string) => (kept: boolean) => void;
  /** Says that something went wrong. */
  readonly tell: (problem: AnyError) => void;
}

/** One open conversation: what is read, what is edited, what the person does with messages. */
export class ConversationModel {
  readonly salonId: string;
  /** The event after which the line "new" stands: what was read when the person came, or looked away last. */
  readonly newAfter = new Store<string | null>(null);
  /** Key of the message that is being edited. */
  readonly editing = new Store<string | null>(null);
  readonly #chat: ChatStore;
  readonly #attention: Readable<Attention>;
  readonly #hold: Needs['hold'];
  readonly #tell: Needs['tell'];
  readonly #wanted = new Set<() => void>();
  #atEnd = true;
  #readMark: string | null = null;
  #arrived = false;
  #typing: ReturnType<typeof setTimeout> | null = null;
  /** A change is on its way to where it is kept: Enter pressed twice makes no two of it. */
  #changing = false;

  constructor({ salonId, chat, attention, hold, tell }: Needs) {
    this.salonId = salonId;
    this.#chat = chat;
    this.#attention = attention;
    this.#hold = hold;
    this.#tell = tell;
  }

  /** Begins to follow the conversation; answers the end of it. */
  readonly connect = (): (() => void) => {
    const disposables = new Disposables();
    disposables.add(this.#chat.timeline.subscribe(this.#look), this.#attention.subscribe(this.#attend), () =>
      this.#stopTyping(),
    );
    this.#look();
    return disposables.dispose;
  };

  /** Hears when the focus shall go back to the composer: what had it went. Answers the way to stop. */
  readonly onComposerWanted = (listener: () => void): (() => void) => {
    this.#wanted.add(listener);
    return () => {
      this.#wanted.delete(listener);
    };
  };

  /** Leaves the message that is edited as it was. */
  readonly stopEditing = (): void => {
    this.editing.set(null);
    this.#wantComposer();
  };

  /** The view tells whether the newest message is in sight. */
  readonly seeEnd = (atEnd: boolean): void => {
    this.#atEnd = atEnd;
    this.#markRead();
  };

  /** Sends a message; one that could not even be kept on this PC is given back. */
  readonly send = async (text: string, mentions: readonly string[]): Promise<void> => {
    this.newAfter.set(null);
    this.#stopTyping();
    const settle = this.#hold(text);
    settle(await this.#do(this.#chat.run('sendText', { salonId: this.salonId, text, mentions })));
  };

  /** Changes a message; the editor stays open with its words until they are kept. Answers whether that is over. */
  readonly edit = async (item: TimelineItem, text: string): Promise<boolean> => {
    const { eventId, content } = item;
    const changes = content.kind === 'text' && text !== content.text && text.trim() !== '';
    if (eventId === null || !changes) {
      this.stopEditing();
      return true;
    }
    if (this.#changing) return false;
    this.#changing = true;
    const kept = await this.#do(this.#chat.run('editText', { salonId: this.salonId, eventId, text }));
    this.#changing = false;
    if (kept && this.editing.get() === item.key) this.stopEditing();
    return kept;
  };

  /** Edits the last message of one's own that can be: Up in an empty composer. */
  readonly editLast = (): void => {
    const mine = this.#chat.timeline.get()?.items.findLast(isEditable);
    if (mine) this.editing.set(mine.key);
  };

  readonly react = (eventId: string, reaction: string): void => {
    void this.#do(this.#chat.run('react', { salonId: this.salonId, eventId, reaction }));
  };

  readonly remove = (eventId: string): void => {
    void this.#do(this.#chat.run('deleteMessage', { salonId: this.salonId, eventId }));
  };

  readonly resend = (key: string): void => {
    void this.#do(this.#chat.run('resend', { salonId: this.salonId, key }));
  };

  readonly discard = (key: string): void => {
    this.#wantComposer();
    void this.#do(this.#chat.run('discardUnsent', { salonId: this.salonId, key }));
  };

  /** Nobody asked for it aloud: the conversation's upper edge says when it failed. */
  readonly loadOlder = (): void => {
    void this.#chat.run('loadOlder', { salonId: this.salonId });
  };

  /** The person types: the others see it, until a pause. */
  readonly typed = (): void => {
    if (this.#typing === null) this.#sayTyping(true);
    else clearTimeout(this.#typing);
    this.#typing = setTimeout(this.#stopTyping, TYPING_PAUSE_MS);
  };

  #wantComposer(): void {
    for (const listener of this.#wanted) listener();
  }

  readonly #stopTyping = (): void => {
    if (this.#typing === null) return;
    clearTimeout(this.#typing);
    this.#typing = null;
    this.#sayTyping(false);
  };

  #sayTyping(typing: boolean): void {
    void this.#chat.run('setTyping', { salonId: this.salonId, typing });
  }

  readonly #look = (): void => {
    const timeline = this.#chat.timeline.get();
    if (timeline?.salonId !== this.salonId) return;
    if (!this.#arrived) {
      this.#arrived = true;
      this.newAfter.set(timeline.readUpTo);
    }
    this.#markRead();
  };

  readonly #attend = (): void => {
    const timeline = this.#chat.timeline.get();
    if (this.#attention.get().focused) this.#markRead();
    else if (timeline?.salonId === this.salonId) this.newAfter.set(timeline.readUpTo);
  };

  /** What is in sight of someone who looks is read. */
  #markRead(): void {
    const timeline = this.#chat.timeline.get();
    if (!this.#atEnd || !this.#attention.get().focused || timeline?.salonId !== this.salonId) return;
    const last = timeline.items.findLast((item) => item.eventId !== null)?.eventId ?? null;
    if (last === null || last === timeline.readUpTo || last === this.#readMark) return;
    this.#readMark = last;
    void this.#chat.run('markRead', { salonId: this.salonId });
  }

  /** Tells of what failed; answers whether it was done. */
  async #do<N extends CommandName>(outcome: Promise<CommandOutcome<N>>): Promise<boolean> {
    const result = await outcome;
    if (!result.ok) this.#tell({ from: 'chat', error: result.error });
    return result.ok;
  }
}

/** Whether the person may change a message: their own words, known to the server. */
export function isEditable(item: TimelineItem): boolean {
  return item.mine && item.eventId !== null && item.content.kind === 'text' && !item.content.notice;
}
