import { z } from 'zod';
import { Conference } from '../../../preload/contract/calls.ts';
import { FolderLink } from '../../../preload/contract/values.ts';
import type { Content } from './event.ts';

/** State and message types of our own and of Element that the worker reads and writes. */
export const TYPES = {
  folder: 'fr.traboule.folder',
  creation: 'fr.traboule.creation',
  widget: 'im.vector.modular.widgets',
  callMember: 'fr.traboule.call.member',
  callAnswer: 'fr.traboule.call.answer',
  ring: 'fr.traboule.ring',
  folderFile: 'fr.traboule.file',
} as const;

/** A person's name is cut here: longer ones only come from mischief. */
const MAX_NAME = 200;
const name = z.string().transform((text) => text.trim().slice(0, MAX_NAME));
const mxc = z.string().regex(/^mxc:\/\/[\w.:[\]-]+\/[\w-]+$/);

/** A string of the content under `key`, trimmed and cut; null when it is missing, empty or no string. */
export function nameIn(content: Content, key: string): string | null {
  const parsed = name.safeParse(content[key]);
  return parsed.success && parsed.data !== '' ? parsed.data : null;
}

/** The address of a media item under `key`; null when it is missing or malformed. */
export function mxcIn(content: Content, key: string): string | null {
  const parsed = mxc.safeParse(content[key]);
  return parsed.success ? parsed.data : null;
}

const Member = z.object({
  membership: z.enum(['join', 'invite', 'leave', 'ban', 'knock']),
  displayname: name.nullish().catch(null),
  avatar_url: mxc.nullish().catch(null),
});

/** What an `m.room.member` event says of a person. */
export interface MemberState {
  readonly membership: 'join' | 'invite' | 'leave' | 'ban' | 'knock';
  readonly name: string | null;
  readonly avatar: string | null;
}

/** @returns null for a malformed member event. */
export function parseMember(content: Content): MemberState | null {
  const parsed = Member.safeParse(content);
  if (!parsed.success) return null;
  const { membership, displayname, avatar_url: avatar } = parsed.data;
  return { membership, name: displayname || null, avatar: avatar ?? null };
}

/** @returns null when the event is empty (the folder was taken away) or malformed. */
export function parseFolder(content: Content): FolderLink | null {
  const parsed = FolderLink.safeParse(content);
  return parsed.success ? parsed.data : null;
}

const Widget = z.object({
  type: z.enum(['jitsi', 'm.jitsi']),
  url: z.string().min(1),
  data: z.object({
    domain: z.string(),
    conferenceId: z.string(),
    isAudioOnly: z.boolean().catch(false),
    auth: z.literal('openidtoken-jwt').optional().catch(undefined),
  }),
});

/**
 * The conference of a widget event, of the types `jitsi` and `m.jitsi`.
 * @returns null for another widget, an empty one (removed), one without url (Element ignores it too) or a malformed one.
 */
export function parseWidget(content: Content): Conference | null {
  const widget = Widget.safeParse(content);
  if (!widget.success) return null;
  const { domain, conferenceId, isAudioOnly, auth } = widget.data.data;
  const conference = Conference.safeParse({
    domain,
    conferenceId,
    audioOnly: isAudioOnly,
    auth: auth ?? 'none',
  });
  return conference.success ? conference.data : null;
}

const CallMember = z.object({
  widgetId: z.string().min(1).max(255),
  device: z.string().max(255).catch(''),
  since: z.number().nonnegative(),
  expires: z.number().nonnegative(),
});

/** Someone's presence in a salon's call: state of type `fr.traboule.call.member`, state key the person's id. */
export type CallMember = Readonly<z.infer<typeof CallMember>>;

/** How long others believe that someone is in a call without hearing more, milliseconds. */
export const CALL_MEMBER_MS = 15 * 60_000;

/**
 * @param at when the server took the event: the presence ends from there, so that neither a wrong clock nor a wish to
 *   stay for ever in the content counts.
 * @returns null when the person left ({}) or the event is malformed.
 */
export function parseCallMember(content: Content, at: number): CallMember | null {
  const parsed = CallMember.safeParse(content);
  if (!parsed.success) return null;
  return { ...parsed.data, since: Math.min(parsed.data.since, at), expires: at + CALL_MEMBER_MS };
}

const levels = z.record(z.string(), z.number()).catch({});
const PowerLevels = z.object({
  users: levels,
  events: levels,
  users_default: z.number().catch(0),
  events_default: z.number().catch(0),
  state_default: z.number().catch(50),
  invite: z.number().catch(0),
  redact: z.number().catch(50),
});

/** `m.room.power_levels` with the defaults of the specification filled in. */
export type PowerLevels = Readonly<z.infer<typeof PowerLevels>>;

/** Never fails: a malformed part takes the specification's default. */
export function parsePowerLevels(content: Content | null): PowerLevels {
  const parsed = PowerLevels.safeParse(content ?? { state_default: 0 });
  return parsed.success ? parsed.data : PowerLevels.parse({});
}

const Create = z.object({
  room_version: z.string().catch('1'),
  additional_creators: z.array(z.string()).catch([]),
});

/** @returns who created the room and outranks everyone (room versions 12 and later), else nobody. */
export function supremeCreators(sender: string, content: Content): readonly string[] {
  const parsed = Create.safeParse(content);
  if (!parsed.success) return [];
  const version = Number(parsed.data.room_version);
  return Number.isInteger(version) && version >= 12 ? [sender, ...parsed.data.additional_creators] : [];
}

const HistoryVisibility = z.object({
  history_visibility: z.enum(['invited', 'joined', 'shared', 'world_readable']),
});
export type HistoryVisibility = z.infer<typeof HistoryVisibility>['history_visibility'];

/** `shared` when the event is missing or malformed (m.room.history_visibility, default). */
export function parseHistoryVisibility(content: Content | null): HistoryVisibility {
  const parsed = HistoryVisibility.safeParse(content);
  return parsed.success ? parsed.data.history_visibility : 'shared';
}
