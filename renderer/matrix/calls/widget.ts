import type { Conference } from '../../../preload/contract/calls.ts';
import type { Content } from '../events/event.ts';
import { encodeBase32 } from '../media/base64.ts';
import type { Room } from '../rooms/room.ts';

/** A salon's conference and the widget event that names it. */
export interface SalonConference {
  readonly widgetId: string;
  readonly conference: Conference;
}

/** The conferences a salon has on allowed domains; domains compare without case. */
export function usableConferences(
  room: Pick<Room, 'widgets'>,
  domains: readonly string[],
): readonly SalonConference[] {
  const allowed = new Set(domains.map((domain) => domain.toLowerCase()));
  return Object.entries(room.widgets)
    .filter(([, conference]) => allowed.has(conference.domain.toLowerCase()))
    .map(([widgetId, conference]) => ({ widgetId, conference }));
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function randomLetters(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** A new conference, named as Element names them: 24 random letters, or the room's id for servers that check it. */
export function newConference(roomId: string, domain: string, auth: Conference['auth']): SalonConference {
  const conferenceId = auth === 'openidtoken-jwt' ? encodeBase32(roomId) : `Jitsi${randomLetters(24)}`;
  return { widgetId: randomLetters(24), conference: { domain, conferenceId, audioOnly: false, auth } };
}

/** Content of the widget's state event, as Element writes and reads it. Its page address is a template Element fills. */
export function widgetContent(conference: Conference, roomName: string, ownId: string): Content {
  const { domain, conferenceId, audioOnly, auth } = conference;
  const template = [
    'conferenceDomain=$domain',
    'conferenceId=$conferenceId',
    'isAudioOnly=$isAudioOnly',
    'displayName=$matrix_display_name',
    'avatarUrl=$matrix_avatar_url',
    'userId=$matrix_user_id',
    'roomId=$matrix_room_id',
    'theme=$theme',
    'roomName=$roomName',
    ...(auth === 'none' ? [] : [`auth=${auth}`]),
  ].join('&');
  return {
    type: 'jitsi',
    url: `${conferenceLink(conference)}#${template}`,
    name: 'Jitsi',
    creatorUserId: ownId,
    data: { conferenceId, domain, isAudioOnly: audioOnly, roomName, ...(auth === 'none' ? {} : { auth }) },
  };
}

/** Where a browser joins the conference. */
export function conferenceLink(conference: Conference): string {
  return `https://${conference.domain}/${encodeURIComponent(conference.conferenceId)}`;
}
