import type { PersonKey } from '../people.ts';
import { PEOPLE } from '../people.ts';
import { type DemoSalon, momentOf, type Said } from '../salons.ts';
import type { Synapse } from './server.ts';

/** A file of a salon's folder, as a message's card names it. */
export interface FileRef {
  fileId: string;
  size: number;
  mimeType: string;
}

/** A salon made on the chat server, and where its files stand. */
export interface MadeSalon {
  salon: DemoSalon;
  room: string;
  files: ReadonlyMap<string, FileRef>;
}

/** Members may start calls and link them; everything else stays with the room's managers. */
const MEMBERS_MAY = {
  'im.vector.modular.widgets': 0,
  'fr.traboule.call.member': 0,
};

/** Registers the people of the demo; who is there already stays as they are. */
export async function registerPeople(synapse: Synapse): Promise<void> {
  for (const { name, password, displayName, organisation } of Object.values(PEOPLE)) {
    const shown = organisation ? `${displayName} (${organisation})` : displayName;
    await synapse.registerUser({ name, password, displayName: shown });
  }
}

/** Makes the room of a salon, with all its members in it since the day before. */
export async function makeRoom({ seeder }: Synapse, salon: DemoSalon, now: number): Promise<string> {
  const manager = nameOf(salon.manager);
  const { room_id: room } = await seeder.request<{ room_id: string }>(manager, 'POST', 'createRoom', {
    name: salon.name,
    preset: 'private_chat',
    power_level_content_override: { events: MEMBERS_MAY },
  });
  const joinedAt = momentOf({ yesterday: '09:00' }, now);
  for (const member of salon.members) {
    if (member === salon.manager) continue;
    const id = seeder.userId(nameOf(member));
    await seeder.setState(manager, room, 'm.room.member', id, { membership: 'invite' }, joinedAt);
    await seeder.setState(nameOf(member), room, 'm.room.member', id, { membership: 'join' }, joinedAt);
  }
  return room;
}

/**
 * Says all lines of all salons in the order of their times, marks them read but for the unread ones, and then
 * turns encryption on: what was said before stays readable to all, what comes is encrypted end to end.
 * (Nobody has a device yet when history is made, so it could be encrypted for no one.)
 */
export async function tellHistory(
  synapse: Synapse,
  salons: readonly MadeSalon[],
  now: number,
): Promise<void> {
  const lines = salons.flatMap((made) => made.salon.history.map((said) => ({ made, said })));
  lines.sort((a, b) => momentOf(a.said.when, now) - momentOf(b.said.when, now));
  const events = new Map<string, string[]>();
  for (const { made, said } of lines) {
    const sent = await say(synapse, made, said, now);
    events.set(made.room, [...(events.get(made.room) ?? []), ...sent]);
  }
  for (const made of salons) {
    await markRead(synapse, made, events.get(made.room) ?? []);
    const manager = nameOf(made.salon.manager);
    const encryption = { algorithm: 'm.megolm.v1.aes-sha2' };
    await synapse.seeder.setState(manager, made.room, 'm.room.encryption', '', encryption);
  }
}

/** A line, and after it the card of the file that it is about, as the program itself sends it. */
async function say({ seeder }: Synapse, made: MadeSalon, said: Said, now: number): Promise<string[]> {
  const at = momentOf(said.when, now);
  const mentions = said.mentions ? { user_ids: said.mentions.map((key) => seeder.userId(nameOf(key))) } : {};
  const send = (body: string, more: object) =>
    seeder.send(
      nameOf(said.by),
      made.room,
      'm.room.message',
      { msgtype: 'm.text', body, 'm.mentions': mentions, ...more },
      at,
    );
  const line = await send(said.text, {});
  return said.file ? [line, await send(said.file, { 'fr.traboule.file': cardOf(made, said.file) })] : [line];
}

function cardOf(made: MadeSalon, path: string): Record<string, unknown> {
  const file = made.files.get(path);
  if (!file) throw new Error(`the history of ${made.salon.name} names ${path}, which is not in its folder`);
  return { path, file_id: file.fileId, size: file.size, mimetype: file.mimeType };
}

async function markRead({ seeder }: Synapse, { salon, room }: MadeSalon, events: string[]): Promise<void> {
  for (const member of salon.members) {
    const last = events.at(-1 - (salon.unread[member] ?? 0));
    if (!last) continue;
    const markers = { 'm.fully_read': last, 'm.read': last };
    const path = `rooms/${encodeURIComponent(room)}/read_markers`;
    await seeder.request(nameOf(member), 'POST', path, markers);
  }
}

function nameOf(key: PersonKey): string {
  return PEOPLE[key].name;
}
