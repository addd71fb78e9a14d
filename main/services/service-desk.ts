import type { Handlers } from '../../preload/contract/index.ts';
import type { ServiceState } from '../../preload/contract/services.ts';
import type { Service } from '../brand/schema.ts';
import { AppError } from '../contract/app-error.ts';
import { isOfService } from './address.ts';
import type { ServiceDesktop, ServiceView } from './view.ts';

/** What the desk of services works with. */
export interface ServiceDeskParts {
  /** The brand's that the policy allows now. Only these are ever opened: the page gives a name, never an address. */
  readonly services: () => readonly Service[];
  readonly desktop: ServiceDesktop;
  readonly changed: (state: ServiceState) => void;
  readonly left: (step: 1 | -1) => void;
}

/** The organisation's other services: opened in the browser, or shown one at a time beside the salons. */
export class ServiceDesk {
  readonly #parts: ServiceDeskParts;
  /** Views that were shown once: who comes back finds the page as it was. */
  readonly #views = new Map<string, ServiceView>();
  readonly #states = new Map<string, ServiceState>();
  #shown: ServiceView | null = null;

  constructor(parts: ServiceDeskParts) {
    this.#parts = parts;
  }

  /** What the page may ask. Each throws `not-found.service` for one that is not offered. */
  readonly handlers: Handlers<'services'> = {
    openInBrowser: async ({ id }) => {
      const { url } = this.#find(id);
      if (!(await this.#parts.desktop.openInBrowser(url))) throw new AppError('forbidden.link');
    },
    show: ({ id, bounds }) => {
      const service = this.#find(id);
      if (service.opens !== 'view') throw new AppError('not-found.service');
      const view = this.#views.get(id) ?? this.#open(service);
      if (this.#shown !== view) this.#shown?.hide();
      this.#shown = view;
      view.show(bounds);
      const state = this.#states.get(id);
      if (state) this.#parts.changed(state);
    },
    hide: () => this.#hide(),
    focus: () => this.#shown?.focus(),
    back: () => this.#shown?.back(),
    reload: () => this.#shown?.reload(),
  };

  /** Ends the views that nobody sees and nobody wrote in: their pages are loaded again when they are wanted. */
  readonly letGo = (): void => {
    for (const [id, view] of this.#views)
      if (view !== this.#shown && !view.isTouched()) this.#close(id, view);
  };

  /** Ends views of services that are not offered any more. */
  endUnoffered(): void {
    const offered = new Set(this.#parts.services().map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (offered.has(id)) continue;
      if (this.#shown === view) this.#hide();
      this.#close(id, view);
    }
  }

  /** Ends all views: nobody is signed in any more. */
  end(): void {
    this.#hide();
    for (const view of this.#views.values()) view.close();
    this.#views.clear();
    this.#states.clear();
  }

  #close(id: string, view: ServiceView): void {
    view.close();
    this.#views.delete(id);
    this.#states.delete(id);
  }

  #hide(): void {
    this.#shown?.hide();
    this.#shown = null;
  }

  #find(id: string): Service & { readonly url: string } {
    const service = this.#parts.services().find((each) => each.id === id);
    if (!service || service.url === null) throw new AppError('not-found.service');
    return { ...service, url: service.url };
  }

  #open(service: Service & { readonly url: string }): ServiceView {
    const { desktop, changed, left } = this.#parts;
    const view = desktop.open(service.url, (address) => isOfService(service, address), {
      changed: (seen) => {
        const state = { id: service.id, ...seen, title: seen.title.slice(0, 500) };
        this.#states.set(service.id, state);
        changed(state);
      },
      left,
    });
    this.#views.set(service.id, view);
    return view;
  }
}
