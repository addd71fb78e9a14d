import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { freedesktopForm, macForm, usedToast, windowsToast } from './forms.ts';
import type { Notice } from './notice.ts';
import { message, ringing } from './testing.ts';
import { toastActivator } from './toast-activator.ts';
import { ToastSeal } from './toast-seal.ts';

const sealing = new ToastSeal('secret');
const seal = (given: string) => sealing.seal(given, 'nadia');
const open = (sealed: string) => sealing.open(sealed);

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}
/** The elements of a text that must be well-formed XML, in order. */
function elements(xml: string): Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes, text: '' }));
  parser.on('text', (text) => {
    const last = found.at(-1);
    if (last) last.text += text;
  });
  parser.write(xml).close();
  return found;
}
const named = (xml: string, name: string) => elements(xml).filter((element) => element.name === name);
/** What pressing does, as Windows tells it. */
const pressed = (xml: string, label: string, reply?: string) => {
  const action = named(xml, 'action').find(({ attributes }) => attributes['content'] === label);
  const told = { type: 'whatever', arguments: action?.attributes['arguments'] ?? '' };
  return usedToast(reply === undefined ? told : { ...told, userInputs: { reply } }, open);
};

describe('on Windows', () => {
  it('a message is a toast with a field to answer in', () => {
    const xml = windowsToast(message, seal);
    expect(named(xml, 'text').map(({ text }) => text)).toEqual([message.title, message.body]);
    expect(named(xml, 'input')).toMatchObject([
      { attributes: { id: 'reply', type: 'text', placeHolderContent: 'Votre réponse' } },
    ]);
    expect(named(xml, 'action')).toMatchObject([
      { attributes: { activationType: 'foreground', 'hint-inputId': 'reply' } },
    ]);
    expect(named(xml, 'audio')).toEqual([]);
    const used = { id: '$event', salonId: '!rugby:metropole.example' };
    expect(pressed(xml, 'Répondre', 'oui & non')).toEqual({
      key: message.key,
      account: 'nadia',
      used: { ...used, use: { kind: 'reply', text: 'oui & non' } },
    });
    const [toast] = named(xml, 'toast');
    expect(usedToast({ type: 'click', arguments: toast?.attributes['launch'] }, open)).toEqual({
      key: message.key,
      account: 'nadia',
      used: { ...used, use: { kind: 'open' } },
    });
  });

  it('a call stays, without a sound of its own, and is accepted or declined', () => {
    const xml = windowsToast(ringing, seal);
    expect(named(xml, 'toast')).toMatchObject([{ attributes: { scenario: 'incomingCall' } }]);
    expect(named(xml, 'audio')).toMatchObject([{ attributes: { silent: 'true' } }]);
    expect(pressed(xml, 'Répondre')?.used.use).toEqual({ kind: 'accept' });
    expect(pressed(xml, 'Plus tard')?.used.use).toEqual({ kind: 'decline' });
    // Electron's own words: by them it finds the notification that it showed.
    const given = named(xml, 'action').map(({ attributes }) => attributes['arguments'] ?? '');
    expect(given.map((each) => each.split('&').slice(0, 3))).toEqual([
      ['type=action', `tag=${ringing.key}`, 'action=0'],
      ['type=action', `tag=${ringing.key}`, 'action=1'],
    ]);
  });

  it('one without buttons has no place for them', () => {
    expect(named(windowsToast({ ...message, reply: null }, seal), 'actions')).toEqual([]);
  });

  it('whatever people are called and write, the toast is well-formed and carries it', () => {
    const odd = ['\u0000', '\u001B', '\u0085', '\uFFFE', '\uD83D'];
    const unit = fc.constantFrom('a', 'é', '😀', '&', '<', '>', '"', "'", '\t', '\n', ' ]]>', ...odd);
    const kept = (text: string) => text.toWellFormed().replaceAll(/(?![\t\n])\p{Cc}|\uFFFE/gu, '');
    fc.assert(
      fc.property(fc.string({ unit }), fc.string({ unit }), (title, body) => {
        const texts = named(windowsToast({ ...message, title, body }, seal), 'text').map(({ text }) => text);
        expect(texts).toEqual([kept(title), kept(body)]);
      }),
    );
  });

  it.each([
    null,
    {},
    { arguments: 'type=click&tag=x' },
    { arguments: 'use=accept&id=a&salon=evil' },
    { arguments: 'use=reply&id=a&salon=!s:test' },
    { arguments: 'use=format&id=a&salon=!s:test' },
  ])('what is no toast of ours does nothing: %j', (told) => {
    expect(usedToast(told, open)).toBeNull();
  });

  it('has one class id for each brand, the same at every start', () => {
    expect(toastActivator('fr.traboule.ensemble')).toBe(toastActivator('fr.traboule.ensemble'));
    expect(toastActivator('fr.traboule.ensemble')).not.toBe(toastActivator('fr.traboule.app'));
    // The example of RFC 9562, appendix A.4.
    expect(toastActivator('www.example.com')).toBe('{2ED6657D-E927-568B-95E1-2665A8AEA6A2}');
  });
});

describe('on macOS', () => {
  it('a message has a field, a call its buttons', () => {
    expect(macForm(message)).toEqual({
      id: message.key,
      title: message.title,
      body: message.body,
      silent: false,
      actions: [],
      hasReply: true,
      replyPlaceholder: 'Votre réponse',
    });
    expect(macForm(ringing)).toMatchObject({
      silent: true,
      hasReply: false,
      actions: [
        { type: 'button', text: 'Répondre' },
        { type: 'button', text: 'Plus tard' },
      ],
    });
  });
});

describe('on a freedesktop.org desktop', () => {
  const look = { name: 'ENSEMBLE', icon: '/icon.png', entry: 'fr.traboule.ensemble' };
  const form = (notice: Notice, ...can: string[]) => freedesktopForm(notice, new Set(can), look);

  it('a message has a field where the desktop has one, else a button that leads to it', () => {
    const [, , , , , withField, hints] = form(message, 'actions', 'inline-reply');
    expect(withField).toEqual(['default', 'Ouvrir', 'inline-reply', 'Répondre']);
    expect(Object.fromEntries(hints)).toMatchObject({
      'x-kde-reply-placeholder-text': ['s', 'Votre réponse'],
      'desktop-entry': ['s', 'fr.traboule.ensemble'],
      urgency: ['y', 1],
    });
    expect(form(message, 'actions')[5]).toEqual(['default', 'Ouvrir', 'write', 'Répondre']);
    expect(form(message)[5]).toEqual([]);
  });

  it('a call stays until it is answered, without a sound of its own', () => {
    const [, , , , , actions, hints, expires] = form(ringing, 'actions');
    expect(actions).toEqual(['default', 'Ouvrir', 'accept', 'Répondre', 'decline', 'Plus tard']);
    expect(Object.fromEntries(hints)).toMatchObject({ urgency: ['y', 2], 'suppress-sound': ['b', true] });
    expect(expires).toBe(0);
    expect(form(message)[7]).toBe(-1);
  });

  it('what somebody wrote is never taken for markup', () => {
    expect(form(message, 'body-markup')[4]).toBe('Nadia\u202f: &lt;b&gt;14 h&lt;/b&gt;');
    expect(form(message)[4]).toBe(message.body);
  });
});
