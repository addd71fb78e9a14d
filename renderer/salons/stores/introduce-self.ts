import type { AppBridge } from '../../bridge.ts';
import type { Person } from '../../matrix/protocol.ts';
import { Disposables } from '../../ui/disposables.ts';
import type { Readable } from '../../ui/store.ts';
import { AVATAR_PIXELS, type MediaStore } from './media-store.ts';

interface Needs {
  /** The person of the account that is shown, as the chat knows them. */
  readonly self: Readable<Person | null>;
  readonly media: Pick<MediaStore, 'picture'>;
  /** A picture as main keeps it; null when it is none. */
  readonly small: (picture: Blob) => Promise<string | null>;
  readonly accounts: Pick<AppBridge['accounts'], 'introduce'>;
}

/**
 * Tells main who is here, so that they are shown while another account is: the name at once, the picture when it came.
 * One that can't be had now changes nothing. Answers the way to stop.
 */
export function introduceSelf({ self, media, small, accounts }: Needs): () => void {
  let last = new Disposables();
  const introduce = ({ userId: user, name, avatar }: Person, isLast: () => boolean): void => {
    if (!avatar) return void accounts.introduce({ user, name, picture: null });
    void accounts.introduce({ user, name });
    const picture = media.picture(avatar, AVATAR_PIXELS);
    const take = async (): Promise<void> => {
      const came = picture.get();
      if (came.state !== 'ready') return;
      const kept = await small(came.blob);
      if (kept !== null && isLast()) void accounts.introduce({ user, name, picture: kept });
    };
    last.add(picture.subscribe(() => void take()));
    void take();
  };
  const follow = (): void => {
    last.dispose();
    const mine = new Disposables();
    last = mine;
    const person = self.get();
    if (person?.name) introduce(person, () => last === mine);
  };
  const stop = self.subscribe(follow);
  return () => {
    stop();
    last.dispose();
    last = new Disposables();
  };
}
