import type { AppBridge } from '../../bridge.ts';
import type { Phrase } from '../../i18n/index.ts';
import type { Ringing } from '../../matrix/protocol.ts';
import { Disposables } from '../../ui/disposables.ts';
import type { Readable } from '../../ui/store.ts';
import { lastLineText } from '../list/last-line.ts';
import type { CallsStore } from './calls-store.ts';
import type { ChatStore, Notable } from './chat-store.ts';
import type { Navigation } from './navigation.ts';
import type { PreferencesStore } from './preferences-store.ts';

interface Needs {
  readonly app: AppBridge['app'];
  readonly chat: ChatStore;
  readonly calls: CallsStore;
  readonly navigation: Navigation;
  readonly preferences: PreferencesStore;
  readonly attention: Readable<{ readonly focused: boolean }>;
  readonly now: () => number;
  readonly speak: (phrase: Phrase) => string;
}

const LONGEST_BODY = 300;

/**
 * System notifications: messages the person does not see, and ringing while the window is not in front. Nothing when
 * they turned them off or do not want to be disturbed. Also keeps the number on the taskbar.
 */
export class Notifier {
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  /** Rings with a notification on the screen, by their id. */
  readonly #shown = new Map<string, Ringing>();
  #unread = '';

  constructor(needs: Needs) {
    this.#needs = needs;
    const { app, chat, calls, attention } = needs;
    this.#disposables.add(
      chat.onNotable(this.#message),
      chat.list.subscribe(this.#count),
      calls.ringing.subscribe(this.#ring),
      attention.subscribe(this.#ring),
      app.on('notificationUsed', ({ id, salonId, action }) => this.#used(id, salonId, action)),
    );
  }

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #message = ({ salonId, salonName, eventId, line }: Notable): void => {
    const { app, navigation, attention, speak } = this.#needs;
    const { module, salonId: open } = navigation.place.get();
    const seen = attention.get().focused && module === 'salons' && open === salonId;
    if (seen || !this.#mayNotify()) return;
    const body = speak((words) => lastLineText(line, words)).slice(0, LONGEST_BODY);
    void app.notify({ id: eventId.slice(0, 100), salonId, title: salonName, body, kind: 'message' });
  };

  readonly #ring = (): void => {
    const { app, calls, attention, speak } = this.#needs;
    const ringing = calls.ringing.get();
    for (const [ringId] of this.#shown) {
      if (ringing.some((ring) => ring.ringId === ringId)) continue;
      this.#shown.delete(ringId);
      void app.closeNotification({ id: notificationId(ringId) });
    }
    if (attention.get().focused || !this.#mayNotify()) return;
    for (const ring of ringing) {
      if (this.#shown.has(ring.ringId)) continue;
      this.#shown.set(ring.ringId, ring);
      const { salonId, salonName: body, callerName: caller } = ring;
      const title = speak(({ t }) => t('calls:ringing.title', { caller }));
      void app.notify({ id: notificationId(ring.ringId), salonId, title, body, kind: 'ringing' });
    }
  };

  #used(id: string, salonId: string, action: 'open' | 'accept' | 'decline'): void {
    const { calls, navigation } = this.#needs;
    const ring = [...this.#shown.values()].find(({ ringId }) => notificationId(ringId) === id);
    if (ring && action === 'accept') void calls.accept(ring);
    else if (ring && action === 'decline') calls.decline(ring);
    if (action !== 'decline') navigation.openSalon(salonId);
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
