import type { UsedNotification } from '../../../preload/contract/app.ts';
import type { AppBridge } from '../../bridge.ts';
import type { Phrase } from '../../i18n/index.ts';
import { Disposables } from '../../ui/disposables.ts';
import type { Readable } from '../../ui/store.ts';
import { lastLineText } from '../list/last-line.ts';
import type { CallsStore } from './calls-store.ts';
import type { ChatStore, Notable } from './chat-store.ts';
import type { DraftsStore } from './drafts-store.ts';
import type { Navigation } from './navigation.ts';
import type { PreferencesStore } from './preferences-store.ts';

interface Needs {
  readonly app: AppBridge['app'];
  readonly chat: ChatStore;
  readonly calls: CallsStore;
  readonly navigation: Navigation;
  readonly preferences: PreferencesStore;
  readonly attention: Readable<{ readonly focused: boolean }>;
  readonly drafts: Pick<DraftsStore, 'giveBack'>;
  readonly now: () => number;
  readonly speak: (phrase: Phrase) => string;
}

const LONGEST_BODY = 300;

/**
 * System notifications: messages the person does not see, and ringing while the window is not in front. Nothing when
 * they turned them off or do not want to be disturbed. They go when their message was read, here or elsewhere, and when
 * their call is over. Also keeps the number on the taskbar.
 */
export class Notifier {
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  /** Rings with a notification on the screen. */
  readonly #rung = new Set<string>();
  /** Ids of the notifications of messages, by their salon. */
  readonly #told = new Map<string, Set<string>>();
  /** Salons with something unread. */
  #unreadSalons: ReadonlySet<string> = new Set();
  #unread = '';

  constructor(needs: Needs) {
    this.#needs = needs;
    const { app, chat, calls, attention } = needs;
    this.#disposables.add(
      chat.onNotable(this.#message),
      chat.list.subscribe(this.#count),
      chat.list.subscribe(this.#takeAwayRead),
      calls.ringing.subscribe(this.#ring),
      attention.subscribe(this.#ring),
      app.on('notificationUsed', () => void this.takeUses()),
    );
  }

  /** Does what people asked of notifications since it was looked at last: also while no page was there. */
  readonly takeUses = async (): Promise<void> => {
    const taken = await this.#needs.app.takeNotificationUses();
    for (const used of taken.ok ? taken.value : []) await this.#use(used);
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #message = ({ salonId, salonName, eventId, line }: Notable): void => {
    const { app, navigation, attention, speak } = this.#needs;
    const { module, salonId: open } = navigation.place.get();
    const seen = attention.get().focused && module === 'salons' && open === salonId;
    if (seen || !this.#mayNotify()) return;
    const body = speak((words) => lastLineText(line, words)).slice(0, LONGEST_BODY);
    const id = eventId.slice(0, 100);
    this.#told.set(salonId, (this.#told.get(salonId) ?? new Set()).add(id));
    void app.notify({ id, salonId, title: salonName, body, kind: 'message' });
  };

  readonly #takeAwayRead = (): void => {
    const salons = this.#needs.chat.list.get()?.salons ?? [];
    const unread = new Set(salons.filter((salon) => salon.unread > 0).map(({ id }) => id));
    for (const salonId of this.#unreadSalons) if (!unread.has(salonId)) this.#takeAway(salonId);
    this.#unreadSalons = unread;
  };

  #takeAway(salonId: string): void {
    for (const id of this.#told.get(salonId) ?? []) void this.#needs.app.closeNotification({ id });
    this.#told.delete(salonId);
  }

  readonly #ring = (): void => {
    const { app, calls, attention, speak } = this.#needs;
    const ringing = calls.ringing.get();
    for (const ringId of this.#rung) {
      if (ringing.some((ring) => ring.ringId === ringId)) continue;
      this.#rung.delete(ringId);
      void app.closeNotification({ id: notificationId(ringId) });
    }
    if (attention.get().focused || !this.#mayNotify()) return;
    for (const ring of ringing) {
      if (this.#rung.has(ring.ringId)) continue;
      this.#rung.add(ring.ringId);
      const { salonId, salonName: body, callerName: caller } = ring;
      const title = speak(({ t }) => t('calls:ringing.title', { caller }));
      void app.notify({ id: notificationId(ring.ringId), salonId, title, body, kind: 'ringing' });
    }
  };

  /** A call that is over meanwhile is neither answered, which would begin another, nor declined. */
  async #use({ id, salonId, use }: UsedNotification): Promise<void> {
    const { calls, navigation } = this.#needs;
    const ring = calls.ringing.get().find(({ ringId }) => notificationId(ringId) === id);
    switch (use.kind) {
      case 'open':
        return navigation.openSalon(salonId);
      case 'accept':
        navigation.openSalon(salonId);
        if (ring) void calls.accept(ring);
        return;
      case 'decline':
        if (ring) calls.decline(ring);
        return;
      case 'reply':
        return this.#reply(salonId, use.text.trim());
    }
  }

  /** Whoever answers has read; what could not be kept on this PC becomes a draft, before them when the window is. */
  async #reply(salonId: string, text: string): Promise<void> {
    const { chat, drafts, navigation } = this.#needs;
    const sent = await chat.run('sendText', { salonId, text, mentions: [] });
    if (sent.ok) void chat.run('markRead', { salonId });
    else {
      await drafts.giveBack(salonId, text);
      navigation.openSalon(salonId);
    }
  }

  #mayNotify(): boolean {
    const { preferences, now } = this.#needs;
    return preferences.view.get().values.notifications && !preferences.doNotDisturb(now());
  }

  readonly #count = (): void => {
    const salons = this.#needs.chat.list.get()?.salons ?? [];
    const messages = salons.reduce((sum, salon) => sum + salon.unread, 0);
    const mentions = salons.reduce((sum, salon) => sum + salon.mentions, 0);
    const unread = `${messages} ${mentions}`;
    if (unread === this.#unread) return;
    this.#unread = unread;
    void this.#needs.app.setUnread({ messages, mentions });
  };
}

function notificationId(ringId: string): string {
  return `ring ${ringId}`.slice(0, 100);
}
