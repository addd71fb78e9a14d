import { describe, expect, it } from 'vitest';
import type { CallCommand, CallPlace, CallStart, CallState } from '../../preload/contract/calls.ts';
import { silentLog } from '../log/silent.ts';
import { CallDesk } from './call-desk.ts';
import type { CallDesktop, CallWindowListener } from './call-desktop.ts';

const DOMAIN = 'visio.metropole.example';
const OTHER_DOMAIN = 'visio.ville.example';
const RUGBY: CallStart = {
  salonId: '!rugby:metropole.example',
  salonName: 'Coupe du monde de rugby',
  displayName: 'Nadia Benali',
  domain: null,
  audioOnly: false,
};
const placeAt = (domain: string): CallPlace => ({
  conference: { domain, conferenceId: 'JitsiAbc', audioOnly: false, auth: 'none' },
  jwt: null,
});
const CANCELLED = expect.objectContaining({ about: 'cancelled.request' });
const FORBIDDEN = expect.objectContaining({ about: 'forbidden.conference' });
const SCHOOLS: CallStart = { ...RUGBY, salonId: '!ecoles:metropole.example', salonName: 'Écoles' };
const JOINED: CallState['phase'] = { phase: 'joined', since: 1, participants: [] };

/** A desk whose desktop writes down what it is asked to do. */
function deskWithDesktop() {
  const done: string[] = [];
  const told: string[] = [];
  const pressed: CallCommand[] = [];
  const listeners: CallWindowListener[] = [];
  const desktop: CallDesktop = {
    open: ({ domain, title }, listener) => {
      done.push(`open ${title} at ${domain}`);
      listeners.push(listener);
      return {
        bringToFront: () => done.push(`front ${title}`),
        setCompact: (compact) => done.push(`${compact ? 'small' : 'usual'} ${title}`),
        close: () => done.push(`close ${title}`),
      };
    },
    keepAwake: () => {
      done.push('awake');
      return () => done.push('asleep');
    },
  };
  const desk = new CallDesk({
    desktop,
    domains: () => [DOMAIN, OTHER_DOMAIN],
    tell: ({ salonId, phase }) => told.push(`${salonId} ${phase.phase}`),
    press: (command) => pressed.push(command),
    ended: () => done.push('ended'),
    log: silentLog,
  });
  const lastListener = (): CallWindowListener => {
    const listener = listeners.at(-1);
    if (!listener) throw new Error('no window was opened');
    return listener;
  };
  return { desk, done, told, pressed, lastListener };
}

describe('the desk of calls', () => {
  it('opens the window of a call and says so', () => {
    const { desk, done, told } = deskWithDesktop();
    expect(desk.open(RUGBY)).toEqual({ isNew: true });
    expect(done).toEqual([`open ${RUGBY.salonName} at ${DOMAIN}`]);
    expect(told).toEqual([`${RUGBY.salonId} joining`]);
    expect(desk.start).toEqual({ ...RUGBY, domain: DOMAIN });
  });

  it('goes to no domain but those of brand or policy', () => {
    const { desk, done } = deskWithDesktop();
    const elsewhere = `${DOMAIN}.evil.example`;
    expect(() => desk.open({ ...RUGBY, domain: elsewhere })).toThrow(FORBIDDEN);
    expect(done).toEqual([]);
    desk.open(RUGBY);
    expect(() => desk.connect(RUGBY.salonId, placeAt(elsewhere))).toThrow(FORBIDDEN);
  });

  it('brings the call that is open to the front instead of opening it twice', () => {
    const { desk, done } = deskWithDesktop();
    desk.open(RUGBY);
    expect(desk.open(RUGBY)).toEqual({ isNew: false });
    expect(done.slice(1)).toEqual([`front ${RUGBY.salonName}`]);
  });

  it('leaves one call before it opens another', () => {
    const { desk, done, told } = deskWithDesktop();
    desk.open(RUGBY);
    desk.open(SCHOOLS);
    expect(done.slice(1)).toEqual([
      'ended',
      `close ${RUGBY.salonName}`,
      `open ${SCHOOLS.salonName} at ${DOMAIN}`,
    ]);
    expect(told.slice(1)).toEqual([`${RUGBY.salonId} left`, `${SCHOOLS.salonId} joining`]);
  });

  it('keeps the screen on in the conference, and only there', () => {
    const { desk, done } = deskWithDesktop();
    desk.open(RUGBY);
    desk.report(JOINED);
    desk.report(JOINED);
    desk.report({ phase: 'left' });
    expect(done.slice(1)).toEqual(['awake', 'asleep']);
  });

  it('tells of the end once, and lets the screen sleep, however it comes', () => {
    for (const end of ['person', 'crash', 'leave', 'page'] as const) {
      const { desk, done, told, lastListener } = deskWithDesktop();
      desk.open(RUGBY);
      desk.report(JOINED);
      if (end === 'person') lastListener().closed();
      else if (end === 'crash') lastListener().crashed('oom');
      else if (end === 'leave') desk.leave(RUGBY.salonId);
      else {
        desk.report({ phase: 'left' });
        desk.end();
      }
      desk.end();
      expect(told.filter((line) => line.endsWith('left'))).toHaveLength(1);
      expect(done.filter((line) => line === 'asleep')).toHaveLength(1);
      expect(done.filter((line) => line.startsWith('close'))).toHaveLength(end === 'person' ? 0 : 1);
    }
  });

  it('stays open after a failure, so that the page can try again', () => {
    const { desk, told } = deskWithDesktop();
    desk.open(RUGBY);
    desk.report({ phase: 'left' });
    desk.report({ phase: 'joining' });
    expect(told).toEqual(['joining', 'left', 'joining'].map((phase) => `${RUGBY.salonId} ${phase}`));
  });

  it('answers a page whose call is over that it was cancelled', async () => {
    const { desk } = deskWithDesktop();
    expect(() => desk.start).toThrow(CANCELLED);
    await expect(desk.place()).rejects.toEqual(CANCELLED);
    desk.open(RUGBY);
    desk.leave(SCHOOLS.salonId);
    expect(desk.start.salonId).toBe(RUGBY.salonId);
    desk.leave(RUGBY.salonId);
    expect(() => desk.report(JOINED)).toThrow(CANCELLED);
  });

  it('tells its page where the call is as soon as the chat knows', async () => {
    const { desk, done } = deskWithDesktop();
    desk.open(RUGBY);
    const place = desk.place();
    desk.connect(RUGBY.salonId, placeAt(DOMAIN));
    expect(await place).toEqual(placeAt(DOMAIN));
    expect(await desk.place()).toEqual(placeAt(DOMAIN));
    expect(done).toHaveLength(1);
  });

  it('opens its window again for a call that came first at another domain', async () => {
    const { desk, done, told } = deskWithDesktop();
    desk.open(RUGBY);
    desk.connect(RUGBY.salonId, placeAt(OTHER_DOMAIN));
    expect(done.slice(1)).toEqual([`close ${RUGBY.salonName}`, `open ${RUGBY.salonName} at ${OTHER_DOMAIN}`]);
    expect(told).toEqual([`${RUGBY.salonId} joining`]);
    expect(desk.start.domain).toBe(OTHER_DOMAIN);
    expect(await desk.place()).toEqual(placeAt(OTHER_DOMAIN));
  });

  it('takes no place for a call that was closed meanwhile, and lets nobody wait for one', async () => {
    const { desk, lastListener } = deskWithDesktop();
    desk.open(RUGBY);
    const place = desk.place();
    lastListener().closed();
    await expect(place).rejects.toEqual(CANCELLED);
    expect(() => desk.connect(RUGBY.salonId, placeAt(DOMAIN))).toThrow(CANCELLED);
    desk.open(SCHOOLS);
    expect(() => desk.connect(RUGBY.salonId, placeAt(DOMAIN))).toThrow(CANCELLED);
  });

  it('passes keys and the size on', () => {
    const { desk, done, pressed, lastListener } = deskWithDesktop();
    desk.open(RUGBY);
    lastListener().pressed('toggle-microphone');
    desk.setCompact(true);
    desk.setCompact(false);
    expect(pressed).toEqual(['toggle-microphone']);
    expect(done.slice(1)).toEqual([`small ${RUGBY.salonName}`, `usual ${RUGBY.salonName}`]);
  });
});
