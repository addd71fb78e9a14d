import type { NewMember } from '../../../preload/contract/salons.ts';
import type { DirectoryHit } from '../../matrix/protocol.ts';

/** Someone of the directory as a member: a partner may read and add, an agent may change everything. */
export function memberFrom({ userId, name, partnerOf }: DirectoryHit): NewMember {
  return { userId, displayName: name, role: partnerOf === null ? 'agent' : 'partner' };
}
