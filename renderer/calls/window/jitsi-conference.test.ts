import { describe, expect, test, vi } from 'vitest';
import type { ConferenceEvent, PlacedCall } from './conference.ts';
import { adapt, type JitsiApi } from './jitsi-conference.ts';
import { jitsiOptions } from './jitsi-options.ts';
import { SOME_BRAND, someElement, someFrame } from './testing.ts';

/** An instance of the IFrame API that remembers what it was told. */
function fakeApi(muted = { audio: false, video: false }) {
  const listeners = new Map<string, (data: unknown) => void>();
  const frame = someFrame();
  const commands: unknown[][] = [];
  const api = {
    addListener: (name: string, listener: (data: unknown) => void) => listeners.set(name, listener),
    executeCommand: (...command: unknown[]) => void commands.push(command),
    isAudioMuted: async () => muted.audio,
    isVideoMuted: async () => muted.video,
    getIFrame: () => frame,
    dispose: vi.fn<() => void>(),
  } satisfies JitsiApi;
  const events: ConferenceEvent[] = [];
  const conference = adapt(api, (event) => void events.push(event));
  const emit = (name: string, data: unknown) => listeners.get(name)?.(data);
  return { api, frame, commands, events, conference, emit };
}

describe('a Jitsi conference', () => {
  test('tells what happens in words of ours, and shows everybody as tiles', () => {
    const { events, commands, emit } = fakeApi();
    emit('videoConferenceJoined', { id: 'a', displayName: 'Nadia' });
    emit('participantJoined', { id: 'k', displayName: 'Karim' });
    emit('participantJoined', { displayName: 'no id' });
    expect(events.map(({ type }) => type)).toEqual(['joined', 'person-joined']);
    expect(commands).toEqual([['setTileView', true]]);
  });

  test('carries out every command', () => {
    const { conference, commands } = fakeApi();
    conference.run({ type: 'toggle-device', device: 'microphone' });
    conference.run({ type: 'toggle-device', device: 'camera' });
    conference.run({ type: 'toggle-sharing' });
    conference.run({ type: 'toggle-hand' });
    conference.run({ type: 'answer-knock', id: 'b', approved: false });
    conference.run({ type: 'lobby', on: true });
    conference.run({ type: 'mute-everyone' });
    conference.run({ type: 'hang-up' });
    expect(commands).toEqual([
      ['toggleAudio'],
      ['toggleVideo'],
      ['toggleShareScreen'],
      ['toggleRaiseHand'],
      ['answerKnockingParticipant', 'b', false],
      ['toggleLobby', true],
      ['muteEveryone', 'audio'],
      ['hangup'],
    ]);
  });

  test('says how the devices are', async () => {
    const { conference } = fakeApi({ audio: true, video: false });
    expect(await conference.devices()).toEqual({ microphone: false, camera: true });
  });

  test('is shown when its page is there and says nothing', () => {
    vi.useFakeTimers();
    try {
      const { frame, events, conference } = fakeApi();
      frame.dispatchEvent(new Event('load'));
      vi.advanceTimersByTime(10_000);
      expect(events).toEqual([{ type: 'door' }]);
      frame.dispatchEvent(new Event('load'));
      conference.dispose();
      vi.advanceTimersByTime(10_000);
      expect(events).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the options for Jitsi', () => {
  const context: PlacedCall = {
    salonId: '!s:test',
    salonName: 'Coupe du monde',
    displayName: 'Nadia',
    domain: 'meet.example',
    audioOnly: false,
    conference: { domain: 'meet.example', conferenceId: 'JitsiAbc', audioOnly: false, auth: 'none' },
    jwt: null,
    language: 'fr',
    reducedEffects: false,
    startMuted: true,
    lobby: false,
    videoHeight: 720,
    brand: SOME_BRAND,
  };
  const parent = someElement();
  const optionsFor = (change: Partial<PlacedCall>, wishes = { microphone: true, camera: true }) =>
    jitsiOptions({ ...context, ...change }, wishes, parent);

  test('go straight in, with our controls and the devices as wished', () => {
    const { configOverwrite, roomName, lang } = optionsFor({}, { microphone: false, camera: true });
    expect({ roomName, lang }).toEqual({ roomName: 'JitsiAbc', lang: 'fr' });
    expect(configOverwrite).toMatchObject({
      prejoinConfig: { enabled: false },
      toolbarButtons: [],
      startWithAudioMuted: true,
      startWithVideoMuted: false,
    });
  });

  test('leave the camera off in a call without pictures', () => {
    const conference = { ...context.conference, audioOnly: true };
    expect(optionsFor({ conference }).configOverwrite).toMatchObject({
      startWithVideoMuted: true,
      startAudioOnly: true,
    });
  });

  test('send no larger picture than the policy wants, and let nobody record or steer', () => {
    expect(optionsFor({ videoHeight: 360 }).configOverwrite).toMatchObject({
      resolution: 360,
      constraints: { video: { height: { ideal: 360, max: 360 } } },
      recordingService: { enabled: false },
      localRecording: { disable: true },
      disableRemoteControl: true,
    });
  });

  test('carry a token only where there is one', () => {
    expect(optionsFor({})).not.toHaveProperty('jwt');
    expect(optionsFor({ jwt: 'a.b.c' })).toHaveProperty('jwt', 'a.b.c');
  });
});
