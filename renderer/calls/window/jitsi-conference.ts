import {
  type Conference,
  type ConferenceCommand,
  ConferenceError,
  type ConferenceEvent,
  type OpenConference,
  type PlacedCall,
} from './conference.ts';
import { JITSI_EVENTS, readJitsiEvent } from './jitsi-events.ts';
import { FRAME_MAY, jitsiOptions } from './jitsi-options.ts';
import { loadScript } from './load-script.ts';

/** The part of JitsiMeetExternalAPI in use (Jitsi Meet Handbook, "IFrame API"). */
export interface JitsiApi {
  addListener: (name: string, listener: (data: unknown) => void) => unknown;
  executeCommand: (name: string, ...args: unknown[]) => void;
  isAudioMuted: () => Promise<unknown>;
  isVideoMuted: () => Promise<unknown>;
  getIFrame: () => HTMLIFrameElement;
  dispose: () => void;
}
type JitsiConstructor = new (domain: string, options: ReturnType<typeof jitsiOptions>) => JitsiApi;

/** A page that is loaded and says nothing for so long asks for something that only the person can give. */
const SILENCE_MS = 6000;

/** Opens a Jitsi conference: `external_api.js` comes from the conference server itself, so that the two always match. */
export const openJitsi: OpenConference = async (call, wishes, parent, listener, signal) => {
  const Api = await loadApi(call, signal);
  const api = new Api(call.conference.domain, jitsiOptions(call, wishes, parent));
  const frame = api.getIFrame();
  frame.allow = FRAME_MAY;
  frame.title = call.salonName;
  return adapt(api, listener);
};

async function loadApi(
  { conference: { domain } }: PlacedCall,
  signal: AbortSignal,
): Promise<JitsiConstructor> {
  const page: Window & { JitsiMeetExternalAPI?: unknown } = window;
  if (page.JitsiMeetExternalAPI === undefined) {
    await loadScript(document, `https://${domain}/external_api.js`, signal);
  }
  if (!isConstructor(page.JitsiMeetExternalAPI)) throw new ConferenceError('not-a-server');
  return page.JitsiMeetExternalAPI;
}

function isConstructor(value: unknown): value is JitsiConstructor {
  return typeof value === 'function';
}

/** Makes a conference of an instance of the IFrame API. */
export function adapt(api: JitsiApi, listener: (event: ConferenceEvent) => void): Conference {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const hear = (event: ConferenceEvent) => {
    clearTimeout(silence);
    if (event.type === 'joined') api.executeCommand('setTileView', true);
    listener(event);
  };
  for (const name of JITSI_EVENTS) {
    api.addListener(name, (data) => {
      const event = readJitsiEvent(name, data);
      if (event) hear(event);
    });
  }
  api.getIFrame().addEventListener('load', () => {
    silence = setTimeout(() => listener({ type: 'door' }), SILENCE_MS);
  });
  return {
    run: (command) => execute(api, command),
    devices: async () => {
      const [audio, video] = await Promise.all([api.isAudioMuted(), api.isVideoMuted()]);
      return { microphone: audio !== true, camera: video !== true };
    },
    dispose: () => {
      clearTimeout(silence);
      api.dispose();
    },
  };
}

function execute(api: JitsiApi, command: ConferenceCommand): void {
  switch (command.type) {
    case 'toggle-device':
      return api.executeCommand(command.device === 'microphone' ? 'toggleAudio' : 'toggleVideo');
    case 'toggle-sharing':
      return api.executeCommand('toggleShareScreen');
    case 'toggle-hand':
      return api.executeCommand('toggleRaiseHand');
    case 'answer-knock':
      return api.executeCommand('answerKnockingParticipant', command.id, command.approved);
    case 'lobby':
      return api.executeCommand('toggleLobby', command.on);
    case 'mute-everyone':
      return api.executeCommand('muteEveryone', 'audio');
    case 'hang-up':
      return api.executeCommand('hangup');
  }
}
