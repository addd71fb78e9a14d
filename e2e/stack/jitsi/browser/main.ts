/** The conference page: reads its address, connects to the page around it, and draws the call. */
import { readAddress } from './address.ts';
import { type Bridge, connectBridge } from './bridge.ts';
import { Call, type CallPicture } from './call.ts';
import { answerTo, carryOut } from './commands.ts';
import { el } from './dom.ts';
import { screenFor } from './screens.ts';
import { Tiles } from './tiles.ts';
import { toolbar } from './toolbar.ts';
import { wordsIn } from './words.ts';

const options = readAddress(location.href);
const words = wordsIn(options.lang);
const sound = el('button', { class: 'sound', type: 'button', hidden: true, click: hear }, words.hear);
const tiles = new Tiles(words, () => {
  sound.hidden = false;
});
const front = el('div', { class: 'front' });
const buttons = el('div');
let bridge: Bridge = { report: () => undefined };
const call = new Call(options, (event, data) => bridge.report(event, data), draw);

document.documentElement.lang = options.lang;
document.body.append(tiles.root, front, buttons, sound, el('p', { class: 'notice' }, words.notice));
bridge = connectBridge(options.frame, {
  command: (name, args) => carryOut(call, name, args),
  request: (name) => answerTo(call, name),
});
window.addEventListener('resize', () => call.draw());
window.addEventListener('pagehide', () => call.hangUp());
if (asksFirst()) call.draw();
else void call.join();

function draw(picture: CallPicture): void {
  tiles.draw(picture);
  const joined = picture.phase.name === 'joined';
  if (front.dataset.phase !== picture.phase.name) {
    front.dataset.phase = picture.phase.name;
    front.replaceChildren(
      ...[screenFor(picture.phase, words, call, options.displayName)].filter((node) => node !== undefined),
    );
  }
  buttons.replaceChildren(...(joined ? [toolbar(call, words, options.config.toolbarButtons)] : []));
}

function hear(): void {
  tiles.hear();
  sound.hidden = true;
}

/** Whether the page asks for a name before it joins, as `prejoinConfig.enabled` or the older switch says. */
function asksFirst(): boolean {
  const { prejoinConfig, prejoinPageEnabled } = options.config;
  if (typeof prejoinConfig === 'object' && prejoinConfig !== null && 'enabled' in prejoinConfig) {
    return prejoinConfig.enabled !== false;
  }
  return prejoinPageEnabled !== false;
}
