import type { ViewBounds } from '../../preload/contract/services.ts';

/** What a service's view tells. */
export interface ServiceListener {
  readonly changed: (state: {
    phase: 'loading' | 'shown' | 'failed';
    title: string;
    canGoBack: boolean;
  }) => void;
  /** F6 was pressed in it. */
  readonly left: (step: 1 | -1) => void;
}

/** The view of one service, as the desk uses it. */
export interface ServiceView {
  readonly show: (bounds: ViewBounds) => void;
  readonly hide: () => void;
  readonly focus: () => void;
  readonly back: () => void;
  readonly reload: () => void;
  /** Whether somebody may have written something in its page that is nowhere else. */
  readonly isTouched: () => boolean;
  readonly close: () => void;
}

/** What services need of the desktop. */
export interface ServiceDesktop {
  /** Makes the view of a service and loads its page, out of sight; `mayGoTo` says which addresses stay in it. */
  readonly open: (
    address: string,
    mayGoTo: (address: string) => boolean,
    listener: ServiceListener,
  ) => ServiceView;
  readonly openInBrowser: (address: string) => Promise<boolean>;
}
