import type { FakeHandlers } from '../fake-main.ts';

/** The views of services are main's: none is drawn here. */
export const SERVICES: FakeHandlers['services'] = {
  openInBrowser: () => undefined,
  show: () => undefined,
  hide: () => undefined,
  focus: () => undefined,
  back: () => undefined,
  reload: () => undefined,
};
