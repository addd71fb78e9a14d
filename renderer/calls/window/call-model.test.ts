import { describe, expect, test, vi } from 'vitest';
import type { CallContext, CallPlace } from '../../../preload/contract/calls.ts';
import type { ErrorCode, Outcome } from '../../../preload/contract/channel.ts';
import { type CallBridge, CallModel } from './call-model.ts';
import { CameraPreview } from './camera-preview.ts';
import {
  type Conference,
  type ConferenceCommand,
  ConferenceError,
  type ConferenceEvent,
  type Device,
  type OpenConference,
  type Wishes,
} from './conference.ts';
import { SOME_BRAND, someElement, someStream } from './testing.ts';

const CONTEXT: CallContext = {
  salonId: '!s:test',
  salonName: 'Coupe du monde',
  displayName: 'Nadia',
  domain: 'meet.example',
  audioOnly: false,
  language: 'fr',
  reducedEffects: false,
  startMuted: false,
  lobby: false,
  videoHeight: 720,
  brand: SOME_BRAND,
};
const PLACE: CallPlace = {
  conference: { domain: 'meet.example', conferenceId: 'JitsiAbc', audioOnly: false, auth: 'none' },
  jwt: null,
};
const joined: ConferenceEvent = { type: 'joined', me: 'me', name: 'Nadia' };

/** Main's side of the bridge: remembers requests, sends events, and diagnoses as told. */
function fakeBridge(diagnosis: ErrorCode | null, place: Promise<Outcome<CallPlace>>) {
  const requests: [name: string, payload?: unknown][] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const answer = (name: string) => async (payload?: unknown) => {
    requests.push(payload === undefined ? [name] : [name, payload]);
    return { ok: true as const, value: undefined };
  };
  const bridge: CallBridge = {
    context: async () => ({ ok: true, value: CONTEXT }),
    place: () => place,
    diagnose: async (): Promise<Outcome<undefined>> => {
      if (!diagnosis) return { ok: true, value: undefined };
      return {
        ok: false,
        error: { code: diagnosis, messageKey: 'errors:unreachable.conference', details: {}, retryable: true },
      };
    },
    report: answer('report'),
    showConversation: answer('showConversation'),
    setCompact: answer('setCompact'),
    close: answer('close'),
    chooseSource: answer('chooseSource'),
    on: (event, listener) => {
      const those = listeners.get(event) ?? new Set();
      listeners.set(event, those.add(listener));
      return () => those.delete(listener);
    },
  };
  const send = (event: string, payload: unknown) => {
    for (const listener of listeners.get(event) ?? []) Reflect.apply(listener, undefined, [payload]);
  };
  const listening = () => [...listeners.values()].reduce((sum, those) => sum + those.size, 0);
  return { bridge, requests, send, listening };
}

/** A camera that counts how often it is on. */
function fakeCamera() {
  const camera = { running: 0, fails: null as Error | null };
  const open = async () => {
    if (camera.fails) throw camera.fails;
    camera.running += 1;
    return someStream(() => {
      camera.running -= 1;
    });
  };
  return Object.assign(camera, { open });
}

const KNOWN = Promise.resolve<Outcome<CallPlace>>({ ok: true, value: PLACE });
interface Options {
  readonly context?: Partial<CallContext>;
  readonly diagnosis?: ErrorCode;
  readonly refuses?: Error;
  readonly place?: Promise<Outcome<CallPlace>>;
}

function setUp(options: Options = {}) {
  const bridge = fakeBridge(options.diagnosis ?? null, options.place ?? KNOWN);
  const camera = fakeCamera();
  const commands: ConferenceCommand[] = [];
  const opened: Wishes[] = [];
  const devices: Record<Device, boolean> = { microphone: true, camera: true };
  let emit: (event: ConferenceEvent) => void = () => undefined;
  const conference = { disposed: 0 };
  const open: OpenConference = async (_context, wishes, _parent, listener) => {
    opened.push(wishes);
    if (options.refuses) throw options.refuses;
    emit = listener;
    return {
      run: (command) => void commands.push(command),
      devices: async () => devices,
      dispose: () => void (conference.disposed += 1),
    } satisfies Conference;
  };
  const said: string[] = [];
  const model = new CallModel({
    context: { ...CONTEXT, ...options.context },
    bridge: bridge.bridge,
    open,
    preview: new CameraPreview(camera.open),
    announce: ({ key }) => void said.push(key),
    focusNextPane: () => void said.push('next pane'),
    now: () => 5000,
  });
  const mount = async () => {
    model.mount(someElement());
    await vi.waitFor(() => expect(opened.length).toBeGreaterThan(0));
    await Promise.resolve();
  };
  return {
    ...bridge,
    model,
    camera,
    commands,
    opened,
    devices,
    conference,
    said,
    mount,
    emit: (event: ConferenceEvent) => emit(event),
  };
}

const stageOf = (model: CallModel) => model.state.get().stage.name;
const reported = (requests: readonly [string, unknown?][]) =>
  requests.filter(([name]) => name === 'report').map(([, payload]) => payload);

describe('opening a call', () => {
  test('shows the camera at once and gives it to the conference on joining', async () => {
    const { model, camera, mount, emit, said } = setUp();
    await mount();
    await vi.waitFor(() => expect(model.preview.stream.get()).not.toBeNull());
    expect(camera.running).toBe(1);
    emit(joined);
    expect(camera.running).toBe(0);
    expect(stageOf(model)).toBe('joined');
    expect(said).toContain('say.joined');
  });

  test('shows the camera before the chat says where the call is, and keeps what was wished meanwhile', async () => {
    const place = Promise.withResolvers<Outcome<CallPlace>>();
    const { model, opened, camera } = setUp({ place: place.promise });
    model.mount(someElement());
    await vi.waitFor(() => expect(model.preview.stream.get()).not.toBeNull());
    model.toggle('camera');
    expect(opened).toEqual([]);
    place.resolve(await KNOWN);
    await vi.waitFor(() => expect(opened).toEqual([{ microphone: true, camera: false }]));
    expect(camera.running).toBe(0);
  });

  test('opens nothing when it was closed before anyone knew where the call is', async () => {
    const place = Promise.withResolvers<Outcome<CallPlace>>();
    const { model, opened, requests } = setUp({ place: place.promise });
    model.mount(someElement());
    model.leave();
    place.resolve(await KNOWN);
    await place.promise;
    await Promise.resolve();
    expect(opened).toEqual([]);
    expect(requests.at(-1)).toEqual(['close']);
  });

  test('goes in muted where the person set it so, and without camera in a call without pictures', async () => {
    const { opened, camera, mount } = setUp({ context: { startMuted: true, audioOnly: true } });
    await mount();
    expect(opened).toEqual([{ microphone: false, camera: false }]);
    expect(camera.running).toBe(0);
  });

  test('mounts once, however often the page draws', async () => {
    const { model, opened, mount } = setUp();
    const element = someElement();
    model.mount(element);
    model.mount(element);
    await mount();
    expect(opened.length).toBeLessThanOrEqual(2);
  });

  test('carries out what was wished while it was loading', async () => {
    const { model, camera, commands, mount, emit } = setUp();
    await mount();
    model.toggle('microphone');
    model.toggle('camera');
    await vi.waitFor(() => expect(camera.running).toBe(0));
    expect(commands).toEqual([]);
    emit(joined);
    await vi.waitFor(() => expect(commands).toHaveLength(2));
    expect(commands).toEqual([
      { type: 'toggle-device', device: 'microphone' },
      { type: 'toggle-device', device: 'camera' },
    ]);
  });

  test('says what is the matter with the camera and goes on', async () => {
    const { model, camera, mount, emit } = setUp();
    camera.fails = new DOMException('', 'NotFoundError');
    await mount();
    await vi.waitFor(() => expect(model.state.get().trouble.camera).toBe('missing'));
    emit(joined);
    expect(stageOf(model)).toBe('joined');
  });
});

describe('a brand whose calls have a waiting room', () => {
  const moderator = (id: string): ConferenceEvent => ({ type: 'moderator', id, is: true });
  const lobby = { type: 'lobby', on: true };

  test('has it on for who begins a call, as soon as they may', async () => {
    const { model, mount, emit, commands } = setUp({ context: { lobby: true } });
    await mount();
    emit(joined);
    expect(commands).not.toContainEqual(lobby);
    emit(moderator('me'));
    expect(commands).toContainEqual(lobby);
    expect(model.state.get().lobby).toBe(true);
  });

  test('leaves it to the person from then on', async () => {
    const { model, mount, emit, commands } = setUp({ context: { lobby: true } });
    await mount();
    emit(joined);
    emit(moderator('me'));
    model.setLobby(false);
    emit({ type: 'moderator', id: 'me', is: false });
    emit(moderator('me'));
    expect(commands.filter(({ type }) => type === 'lobby')).toEqual([lobby, { type: 'lobby', on: false }]);
  });

  test('changes nothing for who comes into a call, and nothing where it is not the rule', async () => {
    const guest = setUp({ context: { lobby: true } });
    await guest.mount();
    guest.emit(joined);
    guest.emit({ type: 'person-joined', id: 'karim', name: 'Karim' });
    guest.emit(moderator('karim'));
    guest.emit(moderator('me'));
    const usual = setUp();
    await usual.mount();
    usual.emit(joined);
    usual.emit(moderator('me'));
    for (const { commands } of [guest, usual]) expect(commands).not.toContainEqual(lobby);
  });
});

describe('a call that cannot be', () => {
  test.each<[ErrorCode | undefined, string]>([
    ['certificate', 'certificate'],
    ['not-a-server', 'not-a-server'],
    ['unreachable', 'unreachable'],
    [undefined, 'unreachable'],
  ])('for the reason %s is said to be %s', async (diagnosis, problem) => {
    const refuses = new ConferenceError('unreachable');
    const { model, camera, mount } = setUp({ refuses, ...(diagnosis ? { diagnosis } : {}) });
    await mount();
    await vi.waitFor(() => expect(model.state.get().stage).toEqual({ name: 'failed', problem }));
    expect(camera.running).toBe(0);
  });

  test('can be tried again, with the devices as they were', async () => {
    const { model, opened, conference, mount, emit } = setUp();
    await mount();
    model.toggle('microphone');
    emit({ type: 'failed', problem: 'lost' });
    expect(conference.disposed).toBe(1);
    model.retry();
    await vi.waitFor(() => expect(opened).toHaveLength(2));
    expect(opened[1]).toEqual({ microphone: false, camera: true });
    expect(stageOf(model)).toBe('connecting');
  });

  test('is not disturbed by what an abandoned conference still says', async () => {
    const { model, mount, emit } = setUp();
    await mount();
    model.dispose();
    emit(joined);
    expect(stageOf(model)).toBe('connecting');
  });
});

describe('in the call', () => {
  async function inCall() {
    const parts = setUp();
    await parts.mount();
    parts.emit(joined);
    parts.emit({ type: 'device', device: 'microphone', on: true });
    await Promise.resolve();
    return parts;
  }

  test('buttons and keys command the conference, which has the last word', async () => {
    const { model, commands, said, send, emit } = await inCall();
    model.toggle('microphone');
    expect(model.state.get().on.microphone).toBe(true);
    emit({ type: 'device', device: 'microphone', on: false });
    expect(model.state.get().on.microphone).toBe(false);
    send('shortcut', { command: 'toggle-camera' });
    send('shortcut', { command: 'next-pane' });
    expect(said).toContain('next pane');
    expect(commands).toEqual([
      { type: 'toggle-device', device: 'microphone' },
      { type: 'toggle-device', device: 'camera' },
    ]);
  });

  test('those who wait are let in or sent away', async () => {
    const { model, commands, emit } = await inCall();
    emit({ type: 'knock', id: 'b', name: 'Bureau' });
    model.answerKnock('b', true);
    expect(commands).toContainEqual({ type: 'answer-knock', id: 'b', approved: true });
    expect(model.state.get().knocking).toEqual([]);
  });

  test('the app window hears who is there, once a change', async () => {
    const { requests, emit } = await inCall();
    emit({ type: 'person-joined', id: 'k', name: 'Karim' });
    emit({ type: 'hand', id: 'k', up: true });
    emit({ type: 'speaker', id: 'k' });
    expect(reported(requests)).toMatchObject([
      { phase: 'joining' },
      { phase: 'joined', participants: [{ id: 'me' }] },
      { phase: 'joined', participants: [{ id: 'me' }, { id: 'k', name: 'Karim' }] },
    ]);
  });

  test('Escape closes the nearest thing', async () => {
    const { model, requests, send, emit } = await inCall();
    emit({ type: 'device-trouble', device: 'camera', trouble: 'busy' });
    model.showPane('people');
    send('sourcesOffered', { sources: [] });
    model.perform('dismiss');
    expect(requests).toContainEqual(['chooseSource', { sourceId: null }]);
    expect(model.sources.get()).toBeNull();
    model.perform('dismiss');
    expect(model.state.get().pane).toBe('none');
    model.perform('dismiss');
    expect(model.state.get().trouble.camera).toBeNull();
  });

  test('leaving tells the others first, then closes the window', async () => {
    const { model, commands, requests, conference, emit } = await inCall();
    model.leave();
    expect(commands).toContainEqual({ type: 'hang-up' });
    expect(requests).not.toContainEqual(['close']);
    emit({ type: 'closed' });
    expect(requests.slice(-2)).toEqual([['report', { phase: 'left' }], ['close']]);
    expect(conference.disposed).toBe(1);
  });

  test('leaving does not wait for ever for a conference that says nothing', async () => {
    const { model, requests } = await inCall();
    vi.useFakeTimers();
    try {
      model.leave();
      vi.advanceTimersByTime(2000);
      expect(requests).toContainEqual(['close']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('nothing is left behind', async () => {
    const { model, conference, camera, listening } = await inCall();
    model.dispose();
    expect(conference.disposed).toBe(1);
    expect(camera.running).toBe(0);
    expect(listening()).toBe(0);
  });
});
