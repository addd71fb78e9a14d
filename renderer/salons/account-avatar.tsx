import type { ListedAccount } from '../../preload/contract/accounts.ts';
import { addressOf } from '../ui/address.ts';
import { Avatar } from '../ui/avatar.tsx';

interface Props {
  readonly account: ListedAccount;
  readonly size: number;
}

/** The person of an account: their picture as main keeps it, also of one whose chat is not connected; else initials. */
export function AccountAvatar({ account: { name, user, picture }, size }: Props) {
  const address = picture === null ? null : `data:image/webp;base64,${picture}`;
  return <Avatar name={name ?? addressOf(user)} seed={user} shape="person" size={size} picture={address} />;
}
