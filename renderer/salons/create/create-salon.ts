import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { NewMember, NotShared, PendingCreation } from '../../../preload/contract/salons.ts';
import type { FolderLink } from '../../../preload/contract/values.ts';
import type { AppBridge } from '../../bridge.ts';
import type { CommandError } from '../../matrix/protocol.ts';
import type { ChatPort } from '../stores/chat-port.ts';

/** What a new salon shall be. `creationId` names the act from its first step to its last, also over a crash. */
export interface NewSalon {
  readonly creationId: string;
  readonly name: string;
  readonly people: readonly NewMember[];
  readonly withFolder: boolean;
  readonly membersMayCall: boolean;
}

/** The parts of the act, in order. */
export type CreationStep = 'folder' | 'room' | 'confirm';

type Problem =
  | { readonly from: 'main'; readonly error: ContractError }
  | { readonly from: 'chat'; readonly error: CommandError };

/** How it ended. */
export type Creation =
  | { readonly ended: 'made'; readonly salonId: string; readonly notShared: readonly NotShared[] }
  /** A step failed and what was there before it was undone: nothing is left, one may try again. */
  | { readonly ended: 'undone'; readonly problem: Problem }
  /** A step failed and it can't be known or undone now: it is finished or undone by itself later. */
  | { readonly ended: 'unfinished'; readonly problem: Problem };

/** The two servers' sides of the act. */
export interface CreationPorts {
  readonly salons: Pick<AppBridge['salons'], 'makeFolder' | 'confirm' | 'undo'>;
  readonly run: ChatPort['run'];
}

/**
 * Makes a salon as one act: the folder first (main keeps a note of it on disk), then the room with the link in its
 * first state, then main forgets the note. A failed step is undone or left to `resumeCreation`; never half a salon.
 */
export async function createSalon(
  plan: NewSalon,
  ports: CreationPorts,
  onStep: (step: CreationStep) => void,
): Promise<Creation> {
  const { creationId, name, people, withFolder } = plan;
  if (!withFolder) return makeRoom(plan, null, [], ports, onStep);
  onStep('folder');
  const made = await ports.salons.makeFolder({ creationId, name, members: [...people] });
  if (made.ok) return makeRoom(plan, made.value.folder, made.value.notShared, ports, onStep);
  return undo(creationId, { from: 'main', error: made.error }, ports);
}

/**
 * Ends a creation that a crash or a lost line cut off: a room that carries it is confirmed, else its folder is
 * removed. Answers false when that can't be told now.
 */
export async function resumeCreation(
  { creationId }: Pick<PendingCreation, 'creationId'>,
  ports: CreationPorts,
): Promise<boolean> {
  const found = await ports.run('findCreation', { creationId });
  if (!found.ok) return false;
  const { salonId } = found.value;
  const ended: Outcome<undefined> =
    salonId === null
      ? await ports.salons.undo({ creationId })
      : await ports.salons.confirm({ creationId, salonId });
  return ended.ok;
}

async function makeRoom(
  plan: NewSalon,
  folder: FolderLink | null,
  notShared: readonly NotShared[],
  ports: CreationPorts,
  onStep: (step: CreationStep) => void,
): Promise<Creation> {
  const { creationId, name, people, membersMayCall } = plan;
  onStep('room');
  const invite = people.map((person) => person.userId);
  const made = await ports.run('createSalon', { name, invite, folder, membersMayCall, creationId });
  if (made.ok) return confirm(creationId, made.value.salonId, folder, notShared, ports, onStep);
  return afterLostRoom(plan, folder, notShared, { from: 'chat', error: made.error }, ports, onStep);
}

/** The room may be there although its answer was lost: look before anything is undone. */
async function afterLostRoom(
  { creationId }: NewSalon,
  folder: FolderLink | null,
  notShared: readonly NotShared[],
  problem: Problem,
  ports: CreationPorts,
  onStep: (step: CreationStep) => void,
): Promise<Creation> {
  const found = await ports.run('findCreation', { creationId });
  if (!found.ok) return { ended: 'unfinished', problem };
  const { salonId } = found.value;
  if (salonId !== null) return confirm(creationId, salonId, folder, notShared, ports, onStep);
  return folder === null ? { ended: 'undone', problem } : undo(creationId, problem, ports);
}

/** The salon is whole; a note that main could not drop now is dropped at the next start. */
async function confirm(
  creationId: string,
  salonId: string,
  folder: FolderLink | null,
  notShared: readonly NotShared[],
  ports: CreationPorts,
  onStep: (step: CreationStep) => void,
): Promise<Creation> {
  if (folder !== null) {
    onStep('confirm');
    await ports.salons.confirm({ creationId, salonId });
  }
  return { ended: 'made', salonId, notShared };
}

async function undo(creationId: string, problem: Problem, ports: CreationPorts): Promise<Creation> {
  const undone = await ports.salons.undo({ creationId });
  return { ended: undone.ok ? 'undone' : 'unfinished', problem };
}
