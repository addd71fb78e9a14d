import type { MediaRef, Person } from '../matrix/protocol.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Store, useStore } from '../ui/store.ts';
import { AVATAR_PIXELS, type Media } from './stores/media-store.ts';
import { useWorkspace } from './stores/workspace-context.tsx';

const NO_PICTURE = new Store<Media>({ state: 'idle' });

/** A salon's picture or initials. */
export function SalonAvatar({
  salon,
  size,
}: {
  readonly salon: Pictured & { readonly id: string };
  readonly size?: number;
}) {
  return <PicturedAvatar seed={salon.id} shape="salon" pictured={salon} {...(size ? { size } : {})} />;
}

/** A person's picture or initials. */
export function PersonAvatar({
  person,
  size,
}: {
  readonly person: Pick<Person, 'userId' | 'name' | 'avatar'>;
  readonly size?: number;
}) {
  return <PicturedAvatar seed={person.userId} shape="person" pictured={person} {...(size ? { size } : {})} />;
}

interface Pictured {
  readonly name: string;
  readonly avatar: MediaRef | null;
}

interface Props {
  readonly pictured: Pictured;
  readonly seed: string;
  readonly shape: 'person' | 'salon';
  readonly size?: number;
}

function PicturedAvatar({ pictured: { name, avatar }, ...look }: Props) {
  const { media } = useWorkspace();
  const picture = useStore(avatar ? media.picture(avatar, AVATAR_PIXELS) : NO_PICTURE);
  return <Avatar {...look} name={name} picture={picture.state === 'ready' ? picture.url : null} />;
}
