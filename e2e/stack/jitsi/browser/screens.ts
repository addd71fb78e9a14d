/** What the page shows when it is not in a conference: the door, the lobby, the end. */
import type { Call, Phase } from './call.ts';
import { el } from './dom.ts';
import type { Words } from './words.ts';

/** The screen of a phase, or `undefined` when the tiles speak for themselves. */
export function screenFor(phase: Phase, words: Words, call: Call, name: string): HTMLElement | undefined {
  switch (phase.name) {
    case 'joined':
      return undefined;
    case 'prejoin':
      return form(words.joinTitle, words.name, words.join, name, (text) => void call.join(text));
    case 'connecting':
      return message(words.connecting);
    case 'lobby':
      return message(words.lobby, words.lobbyMore);
    case 'password':
      return form(words.passwordTitle, words.password, words.join, '', (text) => call.givePassword(text));
    case 'over':
  }
  return message(words[phase.reason]);
}

function message(title: string, more?: string): HTMLElement {
  return el(
    'div',
    { class: 'screen', role: 'status' },
    el('h1', {}, title),
    ...(more ? [el('p', {}, more)] : []),
  );
}

function form(title: string, label: string, button: string, value: string, send: (text: string) => void) {
  const field = el('input', { value, maxlength: '100', autofocus: true });
  const submit = (event: Event) => {
    event.preventDefault();
    send(field.value);
  };
  return el(
    'form',
    { class: 'screen', submit },
    el('h1', {}, title),
    el('label', {}, label, field),
    el('button', { type: 'submit' }, button),
  );
}
