import type { AccountState } from '../../../preload/contract/accounts.ts';
import type { AppInfo, AppOffers } from '../../../preload/contract/app.ts';
import type { SettingsView } from '../../../preload/contract/settings.ts';
import type { AppBridge } from '../../bridge.ts';
import type { Phrase } from '../../i18n/index.ts';
import { Announcer } from '../../ui/announcer.tsx';
import type { Clock } from '../../ui/clock.ts';
import { Disposables } from '../../ui/disposables.ts';
import type { Layout } from '../../ui/layout.ts';
import { Store } from '../../ui/store.ts';
import { Toasts } from '../../ui/toasts.tsx';
import { showError } from '../use-attempt.ts';
import { AccountsStore } from './accounts-store.ts';
import { ActivityStore } from './activity-store.ts';
import { CallLog } from './call-log.ts';
import { CallsStore } from './calls-store.ts';
import type { ChatPort } from './chat-port.ts';
import { ChatStore } from './chat-store.ts';
import { CreationsStore } from './creations-store.ts';
import { DownloadsStore } from './downloads-store.ts';
import { DraftsStore } from './drafts-store.ts';
import { hintAtFolders } from './folder-hints.ts';
import { FoldersStore } from './folders-store.ts';
import { introduceSelf } from './introduce-self.ts';
import { MediaStore } from './media-store.ts';
import { Navigation } from './navigation.ts';
import { NetworkStore } from './network-store.ts';
import { Notifier } from './notifier.ts';
import type { PageDatabase } from './page-database.ts';
import { PreferencesStore } from './preferences-store.ts';
import { tellRefusals } from './refusals.ts';
import { Session } from './session.ts';
import { smallPicture } from './small-picture.ts';
import { tellCrashes } from './tell-crashes.ts';
import { tellReach } from './tell-reach.ts';
import { TransfersStore } from './transfers-store.ts';
import { tellTroubles } from './troubles.ts';
import { UpdatesStore } from './updates-store.ts';
import type { ViewMemory } from './view-memory.ts';

/** What the workspace is made from. */
export interface Surroundings {
  readonly bridge: AppBridge;
  readonly chat: ChatPort;
  readonly info: AppInfo;
  readonly account: AccountState;
  readonly settings: SettingsView;
  readonly layout: Store<Layout>;
  readonly clock: Clock;
  readonly memory: ViewMemory;
  readonly database: PageDatabase;
  /** Makes a text in the language of the moment. */
  readonly speak: (phrase: Phrase) => string;
}

/** Whether the window is in front and seen. */
export interface Attention {
  readonly focused: boolean;
  readonly visible: boolean;
}

/** Every store that the features share, with one owner that ends them all. */
export class Workspace {
  readonly bridge: AppBridge;
  readonly info: AppInfo;
  readonly clock: Clock;
  readonly memory: ViewMemory;
  readonly speak: Surroundings['speak'];
  readonly account: Store<AccountState>;
  /** What the organisation's policy lets the page do now. */
  readonly offers: Store<AppOffers>;
  readonly attention = new Store<Attention>({ focused: true, visible: true });
  readonly announcer = new Announcer();
  readonly toasts = new Toasts();
  readonly navigation: Navigation;
  readonly network: NetworkStore;
  readonly preferences: PreferencesStore;
  readonly chat: ChatStore;
  readonly media: MediaStore;
  readonly folders: FoldersStore;
  readonly activity: ActivityStore;
  readonly transfers: TransfersStore;
  readonly calls: CallsStore;
  readonly drafts: DraftsStore;
  readonly creations: CreationsStore;
  readonly updates: UpdatesStore;
  readonly downloads: DownloadsStore;
  readonly session: Session;
  readonly accounts: AccountsStore;
  readonly #notifier: Notifier;
  readonly #database: PageDatabase;
  readonly #disposables = new Disposables();

  constructor(surroundings: Surroundings) {
    const { bridge, chat, info, account, settings, layout, clock, memory, database, speak } = surroundings;
    this.bridge = bridge;
    this.info = info;
    this.clock = clock;
    this.memory = memory;
    this.speak = speak;
    this.#database = database;
    this.account = new Store(account);
    this.offers = new Store({ cacheDays: info.cacheDays, services: info.brand.services });
    this.navigation = new Navigation(layout, memory);
    this.network = new NetworkStore(bridge.network);
    this.preferences = new PreferencesStore(bridge.settings, settings);
    this.chat = new ChatStore(chat);
    this.media = mediaOf(this.chat);
    this.folders = new FoldersStore(bridge.files);
    this.activity = new ActivityStore(bridge.fileActivity);
    this.transfers = new TransfersStore(bridge, this.chat, clock.now);
    this.calls = new CallsStore({
      bridge: bridge.calls,
      chat: this.chat,
      log: new CallLog(database),
      now: clock.now,
      ringText: () => speak(({ t }) => t('calls:ringText')),
    });
    this.drafts = new DraftsStore(database);
    this.creations = new CreationsStore(bridge.salons, this.chat);
    this.updates = new UpdatesStore({
      bridge: bridge.updates,
      chat: this.chat,
      sendings: this.transfers.sendings,
      toasts: this.toasts,
    });
    const { toasts, navigation } = this;
    this.downloads = new DownloadsStore({ bridge: bridge.downloads, toasts, navigation });
    this.#notifier = new Notifier({
      app: bridge.app,
      chat: this.chat,
      calls: this.calls,
      navigation: this.navigation,
      preferences: this.preferences,
      attention: this.attention,
      drafts: this.drafts,
      now: clock.now,
      speak,
    });
    this.session = new Session({
      bridge,
      chat: this.chat,
      account: this.account,
      partners: info.brand.partners,
      cacheDays: () => this.offers.get().cacheDays,
      forget: this.clear,
      goOn: () => this.accounts.goOn(),
      trouble: (problem) => showError(this.toasts, problem),
    });
    this.accounts = accountsOf(this, database);
    this.#connect(layout);
  }

  /** Starts the chat where there is a session for it, and fills what main and the disk already know. */
  readonly load = async (): Promise<void> => {
    await Promise.all([
      this.network.load(),
      this.session.connect().then(this.#notifier.takeUses),
      this.accounts.load(),
      this.#database.tidy(this.accounts.owners),
      this.folders.load(),
      this.activity.load(),
      this.transfers.load(),
      this.calls.log.load(),
      this.creations.load(),
      this.#tellCrashes(),
      this.updates.load(),
      this.downloads.load(),
    ]);
  };

  /** Forgets all that belongs to the person who signed out, also what this PC kept for the page. */
  readonly clear = async (): Promise<void> => {
    this.navigation.goTo('salons');
    this.navigation.closeSalon();
    const { chat, media, folders, activity, transfers, calls, drafts, creations } = this;
    for (const store of [chat, media, folders, activity, transfers, calls, drafts, creations]) store.clear();
    this.memory.clear();
    await this.#database.clear();
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #tellCrashes = (): Promise<void> =>
    tellCrashes({
      diagnostics: this.bridge.diagnostics,
      toasts: this.toasts,
      navigation: this.navigation,
      productName: this.info.brand.productName,
    });

  #connect(layout: Store<Layout>): void {
    const { place } = this.navigation;
    const follow = () => {
      const list = this.chat.list.get();
      if (list) this.folders.followSalons(list);
    };
    const attend = (attention: Attention) => {
      this.attention.set(attention);
      if (attention.visible) this.clock.resume();
      else this.clock.pause();
    };
    this.#disposables.add(
      this.bridge.accounts.on('changed', (state) => {
        if (this.session.concerns(state)) this.account.set(state);
      }),
      this.bridge.app.on('attention', attend),
      this.bridge.app.on('memoryShort', () =>
        this.toasts.show('bad', ({ t }) => t('common:memoryShort'), 'memory'),
      ),
      this.bridge.app.on('offersChanged', (offers) => takeOffers(this, offers)),
      this.bridge.diagnostics.on('crashed', () => void this.#tellCrashes()),
      this.chat.list.subscribe(follow),
      tellReach(this.chat.list, this.network),
      introduceSelf({
        self: this.chat.self,
        media: this.media,
        small: smallPicture,
        accounts: this.bridge.accounts,
      }),
      hintAtFolders(this.chat.list, (salonId) => void this.folders.retry(salonId, null)),
      tellRefusals(this.chat.callAnswers, this.toasts),
      tellTroubles({
        overview: this.folders.overview,
        sendings: this.transfers.sendings,
        speak: this.speak,
        say: this.announcer.say,
      }),
      layout.subscribe(() => this.navigation.adaptTo(layout.get())),
      place.subscribe(() => this.chat.open(place.get().salonId)),
      ...[this.drafts, this.calls, this.transfers, this.folders, this.media].map((store) => store.dispose),
      ...[this.#notifier, this.creations, this.activity, this.updates, this.downloads].map(
        (store) => store.dispose,
      ),
      ...[this.accounts, this.session, this.chat, this.preferences, this.network, this.toasts].map(
        (store) => store.dispose,
      ),
    );
    this.chat.open(place.get().salonId);
  }
}

function mediaOf({ run, list, onMediaProgress }: ChatStore): MediaStore {
  return new MediaStore({
    fetch: (request) => run('media', request),
    stop: (request) => void run('stopMedia', request),
    onProgress: onMediaProgress,
    list,
  });
}

/** Who looks at a service that is not offered any more is led back to the salons. */
function takeOffers({ offers, navigation, chat }: Workspace, now: AppOffers): void {
  const before = offers.get();
  offers.set(now);
  if (now.cacheDays !== before.cacheDays) void chat.run('keepFor', { days: now.cacheDays });
  const { module, serviceId } = navigation.place.get();
  if (module === 'service' && !now.services.some(({ id }) => id === serviceId)) navigation.goTo('salons');
}

/** The accounts, and what a workspace puts away before another one is shown. */
function accountsOf(
  { bridge, calls, drafts, session, toasts }: Workspace,
  database: PageDatabase,
): AccountsStore {
  return new AccountsStore({
    accounts: bridge.accounts,
    isInCall: () => Object.keys(calls.own.get()).length > 0,
    isDraftAtRisk: async () => {
      await drafts.flush();
      return database.isDraftAtRisk();
    },
    warnOfDraft: (goAnyway) =>
      toasts.show('warn', ({ t }) => t('app:accounts.draftAtRisk'), 'draft at risk', {
        label: ({ t }) => t('app:accounts.goAnyway'),
        act: goAnyway,
      }),
    rest: async () => {
      await drafts.flush();
      await session.rest();
      await drafts.flush(); // the chat takes a moment to end, and who writes goes on
    },
    comeBack: session.reconnect,
    trouble: (problem) => showError(toasts, problem),
  });
}
