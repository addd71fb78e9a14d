import traboule from '../../../assets/brands/traboule/brand.json' with { type: 'json' };
import type { CallContext } from '../../../preload/contract/calls.ts';

/** Stand-ins for things of the page, with no more of each than the tests of this folder use. */

/** An element that is only handed through. */
export function someElement(): HTMLElement {
  return Object.create(null);
}

/** A frame that only tells that it has loaded. */
export function someFrame(): HTMLIFrameElement {
  const frame: HTMLIFrameElement = Object.assign(Object.create(null), {});
  const target = new EventTarget();
  frame.addEventListener = target.addEventListener.bind(target);
  frame.dispatchEvent = target.dispatchEvent.bind(target);
  return frame;
}

/** A stream of one track; `onStop` is called when it is stopped. */
export function someStream(onStop: () => void): MediaStream {
  return Object.assign(Object.create(null), { getTracks: () => [{ stop: onStop }] });
}

/** A brand as the call window knows it. */
export const SOME_BRAND: CallContext['brand'] = {
  productName: 'Traboule',
  logo: 'data:image/svg+xml;utf8,',
  colours: traboule.colours,
};
