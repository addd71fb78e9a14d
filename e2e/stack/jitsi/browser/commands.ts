/** The commands and questions of the IFrame API, and what each makes the call do. */
import type { Call } from './call.ts';

type Command = (call: Call, ...args: unknown[]) => unknown;

/** Not `setVideoQuality`: in a mesh nobody stands between to choose; it is taken and does nothing. */
const COMMANDS: Readonly<Record<string, Command>> = {
  answerKnockingParticipant: (call, id, approved) =>
    call.direct({ type: 'answer-knock', id: String(id), approved: approved === true }),
  displayName: (call, name) => call.rename(String(name)),
  hangup: (call) => call.hangUp(),
  kickParticipant: (call, id) => call.direct({ type: 'kick', id: String(id) }),
  muteEveryone: (call, media) =>
    call.direct({ type: 'mute-everyone', media: media === 'video' ? 'video' : 'audio' }),
  password: (call, password) => call.givePassword(String(password)),
  setTileView: (call, on) => call.setTileView(on === true),
  setVideoQuality: () => undefined,
  subject: (call, subject) => call.direct({ type: 'subject', subject: String(subject) }),
  toggleAudio: (call) => call.setMuted('audio', !call.audioMuted),
  toggleLobby: (call, on) => call.direct({ type: 'lobby', on: on === true }),
  toggleRaiseHand: (call) => call.toggleHand(),
  toggleShareScreen: (call) => call.setSharing(!call.sharing),
  toggleTileView: (call) => call.toggleTileView(),
  toggleVideo: (call) => call.setMuted('video', !call.videoMuted),
};

export function carryOut(call: Call, name: string, args: unknown[]): void {
  COMMANDS[name]?.(call, ...args);
}

export function answerTo(call: Call, question: string): unknown {
  switch (question) {
    case 'isAudioMuted':
      return call.audioMuted;
    case 'isVideoMuted':
      return call.videoMuted;
    case 'isSharingScreen':
      return call.sharing;
    default:
      return undefined;
  }
}
