import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { beforeAll, describe, expect, type Mock, test, vi } from 'vitest';
import { makePages } from '../pages.ts';

let script: string;
beforeAll(async () => {
  script = String((await makePages()).byPath.get('/external_api.js')?.body);
});

const listener = () => vi.fn<(data: Record<string, unknown>) => void>();

type Frame = {
  src: string;
  allow: string;
  attributes: Record<string, string>;
  removed: boolean;
  contentWindow: { postMessage: Mock<(word: Record<string, unknown>, origin: string) => void> };
};

/** The least of a page that the script needs: a window with listeners, a document that makes frames. */
function embed(options: Record<string, unknown> = {}) {
  const listeners = new Set<(message: unknown) => void>();
  const frames: Frame[] = [];
  const createElement = () => {
    const frame = {
      src: '',
      allow: '',
      style: {},
      attributes: {} as Record<string, string>,
      removed: false,
      contentWindow: { postMessage: vi.fn<(word: Record<string, unknown>, origin: string) => void>() },
      setAttribute: (name: string, value: string) => Object.assign(frame.attributes, { [name]: value }),
      addEventListener: vi.fn<(...args: unknown[]) => void>(),
      remove: () => Object.assign(frame, { removed: true }),
    };
    frames.push(frame);
    return frame;
  };
  const window = {
    addEventListener: (_: string, listener: (message: unknown) => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: (message: unknown) => void) => listeners.delete(listener),
  };
  const parentNode = { append: vi.fn<(...args: unknown[]) => void>() };
  const context = vm.createContext({
    window,
    document: { createElement },
    URL,
    URLSearchParams,
    console,
    parentNode,
    options,
  });
  vm.runInContext(script, context);
  const api = vm.runInContext(
    "new JitsiMeetExternalAPI('meet.example', { roomName: 'JitsiAbc', parentNode, ...options })",
    context,
  );
  const [frame] = frames;
  if (!frame) throw new Error('no frame was made');
  const receive = (
    data: Record<string, unknown>,
    {
      origin = 'https://meet.example',
      source = frame.contentWindow,
    }: { origin?: string; source?: unknown } = {},
  ) => {
    for (const listener of listeners) listener({ origin, source, data: { frame: 0, ...data } });
  };
  const event = (name: string, data: Record<string, unknown> = {}) => receive({ kind: 'event', name, data });
  return { api, frame, parentNode, listeners, receive, event };
}

describe('the frame', () => {
  test('shows the room with its options and may use camera, microphone and screen', () => {
    const { frame, parentNode } = embed({
      lang: 'fr',
      jwt: 'a.b.c',
      configOverwrite: { startWithAudioMuted: true },
    });
    expect(parentNode.append).toHaveBeenCalledWith(frame);
    expect(frame.src).toBe(
      'https://meet.example/JitsiAbc?jwt=a.b.c&lang=fr#jitsi_meet_external_api_id=0&config.startWithAudioMuted=true',
    );
    for (const feature of ['camera', 'microphone', 'display-capture', 'autoplay'])
      expect(frame.allow).toContain(feature);
  });

  test('goes, with everything that listened, when it is disposed', () => {
    const { api, frame, listeners } = embed();
    const heard = listener();
    api.on('_willDispose', heard);
    api.dispose();
    expect(heard).toHaveBeenCalledOnce();
    expect(frame.removed).toBe(true);
    expect(listeners.size).toBe(0);
    expect(api.getIFrame()).toBe(frame);
  });
});

describe('commands', () => {
  test('wait until the conference page is ready, then go to its origin only', () => {
    const { api, frame, receive } = embed();
    const { postMessage } = frame.contentWindow;
    api.executeCommand('toggleAudio');
    expect(postMessage).not.toHaveBeenCalled();
    receive({ kind: 'ready' });
    expect(postMessage).toHaveBeenCalledWith(
      { frame: 0, kind: 'command', name: 'toggleAudio', args: [] },
      'https://meet.example',
    );
    api.executeCommands({ answerKnockingParticipant: ['a1', true], displayName: 'Karim' });
    expect(postMessage.mock.calls.slice(1).map(([word]) => word.args)).toEqual([['a1', true], ['Karim']]);
  });

  test('that Jitsi does not know are refused on the console', () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { api, frame, receive } = embed();
    receive({ kind: 'ready' });
    api.executeCommand('openThePodBayDoors');
    expect(error).toHaveBeenCalledOnce();
    expect(frame.contentWindow.postMessage).not.toHaveBeenCalled();
  });

  test('of the whole list reach the conference page', () => {
    const known = [
      ...readFileSync(new URL('commands.ts', import.meta.url), 'utf8').matchAll(/^ {2}(\w+): \(/gm),
    ];
    const { api, frame, receive } = embed();
    receive({ kind: 'ready' });
    for (const [, name] of known) api.executeCommand(name);
    expect(known.length).toBeGreaterThan(10);
    expect(frame.contentWindow.postMessage).toHaveBeenCalledTimes(known.length);
  });
});

describe('events', () => {
  test('reach every kind of listener until it is removed', () => {
    const { api, event } = embed();
    const [on, once, added, many] = [listener(), listener(), listener(), listener()];
    api.on('audioMuteStatusChanged', on);
    api.once('audioMuteStatusChanged', once);
    api.addListener('audioMuteStatusChanged', added);
    api.addEventListeners({ audioMuteStatusChanged: many });
    event('audioMuteStatusChanged', { muted: true });
    api.removeListener('audioMuteStatusChanged', added);
    event('audioMuteStatusChanged', { muted: false });
    expect([on, once, added, many].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 1, 2]);
    expect(on).toHaveBeenLastCalledWith({ muted: false });
  });

  test('of another origin, window or frame are not heard', () => {
    const { api, receive } = embed();
    const heard = listener();
    api.on('readyToClose', heard);
    const word = { kind: 'event', name: 'readyToClose', data: {} };
    receive(word, { origin: 'https://evil.example' });
    receive(word, { source: {} });
    receive({ ...word, frame: 7 });
    expect(heard).not.toHaveBeenCalled();
  });

  test('keep the list of participants', () => {
    const { api, event } = embed();
    event('videoConferenceJoined', { id: 'me', displayName: 'Karim' });
    event('participantJoined', { id: 'a1', displayName: 'Inès' });
    event('participantJoined', { id: 'b2', displayName: 'Sophie' });
    event('displayNameChange', { id: 'a1', displayname: 'Inès B.' });
    event('participantLeft', { id: 'b2' });
    expect(api.getNumberOfParticipants()).toBe(2);
    expect(api.getParticipantsInfo()).toMatchObject([
      { participantId: 'me', displayName: 'Karim' },
      { participantId: 'a1', displayName: 'Inès B.' },
    ]);
    event('videoConferenceLeft', { roomName: 'JitsiAbc' });
    expect(api.getNumberOfParticipants()).toBe(1);
  });

  test('answer questions', async () => {
    const { api, frame, receive } = embed();
    receive({ kind: 'ready' });
    const answer = api.isAudioMuted();
    const [[word] = []] = frame.contentWindow.postMessage.mock.calls;
    receive({ kind: 'answer', request: word?.request, value: true });
    expect(await answer).toBe(true);
  });
});
