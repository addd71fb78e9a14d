/** The page's own buttons. `toolbarButtons: []` hides them all: then the embedding page has its own. */
import type { Call } from './call.ts';
import { el, type IconName, icon } from './dom.ts';
import type { Words } from './words.ts';

const BUTTONS: readonly { name: IconName; press: (call: Call) => unknown; off?: (call: Call) => boolean }[] =
  [
    {
      name: 'microphone',
      press: (call) => call.setMuted('audio', !call.audioMuted),
      off: (call) => call.audioMuted,
    },
    {
      name: 'camera',
      press: (call) => call.setMuted('video', !call.videoMuted),
      off: (call) => call.videoMuted,
    },
    { name: 'desktop', press: (call) => call.setSharing(!call.sharing) },
    { name: 'raisehand', press: (call) => call.toggleHand() },
    { name: 'tileview', press: (call) => call.toggleTileView() },
    { name: 'hangup', press: (call) => call.hangUp() },
  ];

/** The buttons that the configuration asks for: all when it does not say. */
export function toolbar(call: Call, words: Words, wanted: unknown): HTMLElement {
  const shown = BUTTONS.filter(({ name }) => !Array.isArray(wanted) || wanted.includes(name));
  const buttons = shown.map(({ name, press, off }) =>
    el(
      'button',
      { type: 'button', 'data-button': name, click: () => void press(call) },
      icon(name, off?.(call) ?? false),
      words[name],
    ),
  );
  return el('nav', { class: 'toolbar', hidden: shown.length === 0 }, ...buttons);
}
