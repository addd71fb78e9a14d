import type { PlacedCall, Wishes } from './conference.ts';

/** What the conference's frame may do in this window, and what its page may do at all. */
export const FRAME_MAY = 'camera; microphone; display-capture; autoplay; screen-wake-lock; clipboard-write';
const FRAME_SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';

/** Told by our own banner, in our own words. */
const SAID_BY_US = [
  'notify.participantWantsToJoin',
  'notify.participantsWantToJoin',
  'lobby.notificationTitle',
];

/** No one at a call is recorded or steered from afar by way of this program. */
const NOT_HERE = {
  recordingService: { enabled: false },
  localRecording: { disable: true },
  liveStreaming: { enabled: false },
  disableRemoteControl: true,
} as const;
/** Lines that a camera may always send. */
const LEAST_HEIGHT = 180;

/**
 * The options of JitsiMeetExternalAPI for a call (Jitsi Meet Handbook, "IFrame API" and "Configuration"): straight
 * into the conference, with this window's controls in place of Jitsi's own, and nothing sent to third parties.
 */
export function jitsiOptions(call: PlacedCall, wishes: Wishes, parentNode: HTMLElement) {
  const { conference, language, displayName, salonName, jwt, videoHeight } = call;
  return {
    roomName: conference.conferenceId,
    parentNode,
    width: '100%',
    height: '100%',
    lang: language,
    userInfo: { displayName },
    sandbox: FRAME_SANDBOX,
    ...(jwt === null ? {} : { jwt }),
    configOverwrite: {
      defaultLanguage: language,
      subject: salonName,
      prejoinConfig: { enabled: false },
      startWithAudioMuted: !wishes.microphone,
      startWithVideoMuted: !wishes.camera || conference.audioOnly,
      startAudioOnly: conference.audioOnly,
      toolbarButtons: [],
      disabledNotifications: SAID_BY_US,
      hideConferenceSubject: true,
      hideConferenceTimer: true,
      disableDeepLinking: true,
      disableInviteFunctions: true,
      disableShortcuts: true,
      disableThirdPartyRequests: true,
      doNotStoreRoom: true,
      analytics: { disabled: true },
      ...NOT_HERE,
      resolution: videoHeight,
      constraints: { video: { height: { ideal: videoHeight, max: videoHeight, min: LEAST_HEIGHT } } },
    },
    interfaceConfigOverwrite: {
      SHOW_JITSI_WATERMARK: false,
      SHOW_CHROME_EXTENSION_BANNER: false,
      DISABLE_JOIN_LEAVE_NOTIFICATIONS: true,
      MOBILE_APP_PROMO: false,
    },
  };
}
