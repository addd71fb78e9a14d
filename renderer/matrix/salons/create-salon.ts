import { z } from 'zod';
import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { FolderLink } from '../../../preload/contract/values.ts';
import { TYPES } from '../events/state.ts';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import type { DirectoryHit } from '../protocol.ts';
import { toPerson } from '../rooms/person.ts';

const Created = z.object({ room_id: z.string() });
const Capabilities = z.object({
  capabilities: z.object({ 'm.room_versions': z.object({ default: z.string() }) }),
});

/** What a new salon is made of. */
export interface NewSalon {
  readonly name: string;
  readonly invite: readonly string[];
  readonly folder: FolderLink | null;
  /** Whether everyone may start a call, or managers only. */
  readonly membersMayCall: boolean;
  /** Names this creation: after a crash the salon is found by it instead of made twice. */
  readonly creationId: string;
}

/**
 * Makes a private, encrypted room whose members may start calls.
 * @returns the room's id. @throws ChatError
 */
export async function createSalon(http: ChatHttp, salon: NewSalon): Promise<string> {
  const body = {
    preset: 'private_chat',
    visibility: 'private',
    name: salon.name,
    invite: salon.invite,
    creation_content: { [TYPES.creation]: salon.creationId },
    initial_state: initialState(salon.folder),
    power_level_content_override: powerLevels(await defaultVersion(http), salon.membersMayCall),
  };
  const created = Created.safeParse(await http.json('POST', '/_matrix/client/v3/createRoom', { body }));
  if (!created.success) throw new ChatError('unknown', 'malformed answer');
  return created.data.room_id;
}

function initialState(folder: FolderLink | null): readonly object[] {
  return [
    { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } },
    { type: 'm.room.history_visibility', state_key: '', content: { history_visibility: 'shared' } },
    { type: 'm.room.guest_access', state_key: '', content: { guest_access: 'forbidden' } },
    ...(folder === null ? [] : [{ type: TYPES.folder, state_key: '', content: folder }]),
  ];
}

/**
 * The override takes the place of the server's whole `events`, so its own defaults are repeated.
 * No `users`: from room version 12 on a creator must not stand there, before it the server adds them.
 */
function powerLevels(version: number, membersMayCall: boolean): object {
  return {
    events: {
      'm.room.name': 50,
      'm.room.avatar': 50,
      'm.room.canonical_alias': 50,
      'm.room.power_levels': 100,
      'm.room.history_visibility': 100,
      'm.room.encryption': 100,
      'm.room.server_acl': 100,
      'm.room.tombstone': version >= 12 ? 150 : 100,
      [TYPES.folder]: 50,
      [TYPES.widget]: membersMayCall ? 0 : 50,
      [TYPES.callMember]: 0,
    },
    invite: 50,
  };
}

/** The server's default room version; an old one when it does not say. */
async function defaultVersion(http: ChatHttp): Promise<number> {
  const answer = Capabilities.safeParse(await http.json('GET', '/_matrix/client/v3/capabilities'));
  const version = answer.success ? Number(answer.data.capabilities['m.room_versions'].default) : 10;
  return Number.isInteger(version) ? version : 10;
}

const Found = z.object({
  results: z.array(
    z.object({
      user_id: z.string(),
      display_name: z.string().nullish().catch(null),
      avatar_url: z.string().nullish().catch(null),
    }),
  ),
});
const MOST_HITS = 20;

/** People of the directory by a part of their name, without this person. @throws ChatError */
export async function searchDirectory(
  http: ChatHttp,
  term: string,
  account: { readonly ownId: string; readonly partners: PartnerRule },
): Promise<readonly DirectoryHit[]> {
  if (term.trim() === '') return [];
  const body = { search_term: term.trim(), limit: MOST_HITS };
  const answer = Found.safeParse(
    await http.json('POST', '/_matrix/client/v3/user_directory/search', { body }),
  );
  if (!answer.success) throw new ChatError('unknown', 'malformed directory');
  return answer.data.results
    .filter((hit) => hit.user_id !== account.ownId)
    .map((hit) => {
      const person = toPerson(
        { userId: hit.user_id, name: hit.display_name ?? null, avatar: null },
        account.partners,
      );
      return { userId: person.userId, name: person.name, partnerOf: person.partnerOf };
    });
}
