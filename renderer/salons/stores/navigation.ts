import type { ProblemCode } from '../../../preload/contract/files.ts';
import type { DirectoryHit } from '../../matrix/protocol.ts';
import type { Layout } from '../../ui/layout.ts';
import { Store } from '../../ui/store.ts';
import type { ViewMemory } from './view-memory.ts';

/** The places of the rail; `service` is a view of one of the organisation's own, `diagnostics` stands behind the settings. */
export type Module = 'salons' | 'files' | 'calls' | 'settings' | 'service' | 'diagnostics';
/** What the side of a salon shows. */
export type SideTab = 'folder' | 'board' | 'members';

/** A question over the page. */
export type OpenDialog =
  | { readonly kind: 'new-salon'; readonly people: readonly DirectoryHit[] }
  | { readonly kind: 'search' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'invite'; readonly salonId: string }
  | { readonly kind: 'leave'; readonly salonId: string }
  | { readonly kind: 'conflict'; readonly salonId: string; readonly copyPath: string }
  | {
      readonly kind: 'rename';
      readonly salonId: string;
      readonly path: string;
      readonly code: ProblemCode;
    }
  | { readonly kind: 'guard'; readonly salonId: string }
  | { readonly kind: 'choose-folders'; readonly salonId: string }
  | { readonly kind: 'add-folder' }
  | { readonly kind: 'stop-folder'; readonly salonId: string }
  | { readonly kind: 'free-space' }
  | { readonly kind: 'downloads' };

/** Where the person is. */
export interface Place {
  readonly module: Module;
  readonly salonId: string | null;
  /** Which service the module `service` shows. */
  readonly serviceId: string | null;
  readonly sideOpen: boolean;
  readonly sideTab: SideTab;
  /** In a narrow window the list and the conversation take turns. */
  readonly listInFront: boolean;
  readonly dialog: OpenDialog | null;
}

/** Where the person is and how they get elsewhere. What they chose of the layout is remembered. */
export class Navigation {
  readonly place: Store<Place>;
  readonly layout: Store<Layout>;
  readonly #memory: ViewMemory;

  constructor(layout: Store<Layout>, memory: ViewMemory) {
    this.layout = layout;
    this.#memory = memory;
    this.place = new Store<Place>({
      module: 'salons',
      salonId: memory.read('salon'),
      serviceId: null,
      sideOpen: layout.get() === 'wide' && memory.read('side') !== 'closed',
      sideTab: 'folder',
      listInFront: memory.read('salon') === null,
      dialog: null,
    });
  }

  readonly goTo = (module: Exclude<Module, 'service'>): void => this.#change({ module, dialog: null });

  /** Shows a service in its view. */
  readonly goToService = (serviceId: string): void =>
    this.#change({ module: 'service', serviceId, dialog: null });

  /** Opens a salon's conversation. */
  readonly openSalon = (salonId: string): void => {
    this.#memory.write('salon', salonId);
    this.#change({ module: 'salons', salonId, listInFront: false, dialog: null });
    if (this.layout.get() !== 'wide') this.#change({ sideOpen: false });
  };

  /** No conversation: after leaving a salon or signing out. */
  readonly closeSalon = (): void => {
    this.#memory.write('salon', null);
    this.#change({ salonId: null, listInFront: true });
  };

  /** Back to the list, in a narrow window. */
  readonly showList = (): void => this.#change({ module: 'salons', listInFront: true });

  /** Shows a part of the side; the part that shows already closes it. */
  readonly toggleSide = (tab: SideTab): void => {
    const { sideOpen, sideTab } = this.place.get();
    if (sideOpen && sideTab === tab) this.closeSide();
    else this.showSide(tab);
  };

  readonly showSide = (tab: SideTab): void => {
    this.#rememberSide('open');
    this.#change({ sideOpen: true, sideTab: tab });
  };

  readonly closeSide = (): void => {
    this.#rememberSide('closed');
    this.#change({ sideOpen: false });
  };

  readonly ask = (dialog: OpenDialog): void => this.#change({ dialog });
  readonly closeDialog = (): void => this.#change({ dialog: null });

  /** The window got wider or narrower. */
  readonly adaptTo = (layout: Layout): void => {
    this.#change({ sideOpen: layout === 'wide' && this.#memory.read('side') !== 'closed' });
  };

  #rememberSide(state: 'open' | 'closed'): void {
    if (this.layout.get() === 'wide') this.#memory.write('side', state);
  }

  #change(part: Partial<Place>): void {
    this.place.update((place) => ({ ...place, ...part }));
  }
}
