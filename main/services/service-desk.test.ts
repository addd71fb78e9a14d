import { describe, expect, it } from 'vitest';
import type { Service } from '../brand/schema.ts';
import { isOfService } from './address.ts';
import { allowedServices } from './allowed.ts';
import { ServiceDesk } from './service-desk.ts';
import type { ServiceListener } from './view.ts';

const service = (id: string, rest: Partial<Service> = {}): Service => ({
  id,
  name: { fr: id, en: id },
  icon: 'globe',
  url: `https://${id}.metropole.example/`,
  opens: 'view',
  hosts: [],
  ...rest,
});
const bounds = { x: 72, y: 52, width: 900, height: 600 };
const signal = new AbortController().signal;

function setUp(services: readonly Service[], allowed: { ids: readonly string[] } = { ids: ['*'] }) {
  const touched = new Set<string>();
  const done: string[] = [];
  const told: unknown[] = [];
  const listeners = new Map<string, ServiceListener>();
  const desk = new ServiceDesk({
    services: () => allowedServices(services, allowed.ids),
    desktop: {
      open: (address, _mayGoTo, listener) => {
        listeners.set(address, listener);
        const act = (name: string) => () => void done.push(`${name} ${address}`);
        done.push(`open ${address}`);
        const isTouched = () => touched.has(address);
        const acts = { hide: act('hide'), focus: act('focus'), back: act('back'), isTouched };
        return { ...acts, show: act('show'), reload: act('reload'), close: act('close') };
      },
      openInBrowser: async (address) => {
        done.push(`browser ${address}`);
        return true;
      },
    },
    changed: (state) => told.push(state),
    left: (step) => told.push(step),
  });
  return { desk, done, told, listeners, touched };
}

describe('services of the organisation', () => {
  it('that are not offered any more give way at once, the others stay', async () => {
    const allowed = { ids: ['*'] };
    const { desk, done } = setUp([service('mail'), service('agenda')], allowed);
    for (const id of ['mail', 'agenda']) await desk.handlers.show({ id, bounds }, signal);
    allowed.ids = ['mail'];
    done.length = 0;
    desk.endUnoffered();
    const agenda = 'https://agenda.metropole.example/';
    expect(done).toEqual([`hide ${agenda}`, `close ${agenda}`]);
    await desk.handlers.show({ id: 'mail', bounds }, signal);
    expect(done.at(-1)).toBe('show https://mail.metropole.example/');
  });

  const mail = 'https://mail.metropole.example/';
  const agenda = 'https://agenda.metropole.example/';

  it('are shown one at a time, and are as they were when somebody comes back', async () => {
    const { desk, done } = setUp([service('mail'), service('agenda')]);
    for (const id of ['mail', 'agenda', 'mail']) await desk.handlers.show({ id, bounds }, signal);
    expect(done).toEqual([
      `open ${mail}`,
      `show ${mail}`,
      `open ${agenda}`,
      `hide ${mail}`,
      `show ${agenda}`,
      `hide ${agenda}`,
      `show ${mail}`,
    ]);
  });

  it('that nobody sees and nobody wrote in are let go, and loaded again when they are wanted', async () => {
    const forms = 'https://forms.metropole.example/';
    const { desk, done, touched } = setUp([service('mail'), service('forms'), service('agenda')]);
    for (const id of ['mail', 'forms', 'agenda']) await desk.handlers.show({ id, bounds }, signal);
    touched.add(forms);
    done.length = 0;
    desk.letGo();
    expect(done).toEqual([`close ${mail}`]);
    await desk.handlers.show({ id: 'mail', bounds }, signal);
    expect(done.slice(1)).toEqual([`open ${mail}`, `hide ${agenda}`, `show ${mail}`]);
  });

  it('give way to what lies over the page, and end with the session', async () => {
    const { desk, done } = setUp([service('mail')]);
    await desk.handlers.show({ id: 'mail', bounds }, signal);
    await desk.handlers.hide(undefined, signal);
    await desk.handlers.reload(undefined, signal);
    desk.end();
    expect(done.slice(2)).toEqual([`hide ${mail}`, `close ${mail}`]);
  });

  it('say how they are, also to who comes back', async () => {
    const { desk, told, listeners } = setUp([service('mail')]);
    await desk.handlers.show({ id: 'mail', bounds }, signal);
    listeners.get(mail)?.changed({ phase: 'shown', title: 'x'.repeat(600), canGoBack: true });
    await desk.handlers.show({ id: 'mail', bounds }, signal);
    const state = { id: 'mail', phase: 'shown', title: 'x'.repeat(500), canGoBack: true };
    expect(told).toEqual([state, state]);
  });

  it('are only those of the brand: no name of another, none without an address, no view of one for the browser', async () => {
    const { desk, done } = setUp([service('mail', { opens: 'browser' }), service('agenda', { url: null })]);
    const refused = { code: 'not-found' };
    for (const id of ['mail', 'agenda', 'other'])
      expect(() => desk.handlers.show({ id, bounds }, signal)).toThrow(expect.objectContaining(refused));
    await expect(desk.handlers.openInBrowser({ id: 'other' }, signal)).rejects.toMatchObject(refused);
    await desk.handlers.openInBrowser({ id: 'mail' }, signal);
    expect(done).toEqual([`browser ${mail}`]);
  });
});

describe('services that the policy allows', () => {
  it('are those that it names, from the moment it does', async () => {
    const allowed = { ids: ['*'] };
    const { desk, done } = setUp([service('mail'), service('agenda')], allowed);
    await desk.handlers.show({ id: 'mail', bounds }, signal);
    allowed.ids = ['agenda', 'nobody-has-it'];
    expect(() => desk.handlers.show({ id: 'mail', bounds }, signal)).toThrow('not-found.service');
    await expect(desk.handlers.openInBrowser({ id: 'mail' }, signal)).rejects.toThrow('not-found.service');
    await desk.handlers.show({ id: 'agenda', bounds }, signal);
    expect(done.at(-1)).toBe('show https://agenda.metropole.example/');
  });

  it('are none when it names none that the brand has', () => {
    expect(allowedServices([service('mail')], [])).toEqual([]);
  });
});

describe('where the view of a service may go', () => {
  const it1 = service('mail', { hosts: ['connexion.example:8443'] });
  it.each([
    ['https://mail.metropole.example/deep?x=1', true],
    ['https://connexion.example:8443/login', true],
    ['https://connexion.example/login', false],
    ['http://mail.metropole.example/', false],
    ['https://mail.metropole.example.evil.example/', false],
    ['https://user@mail.metropole.example/', false],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ])('%s: %s', (address, expected) => {
    expect(isOfService(it1, address)).toBe(expected);
  });
});
