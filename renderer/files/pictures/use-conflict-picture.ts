import { useEffect, useState } from 'react';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';

/** A picture as the page can show it: not there yet, its address, or not to be had. */
export type PictureShown =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'none' };

/** Which version of which conflict. */
export interface PictureAsked {
  readonly salonId: string;
  readonly copyPath: string;
  readonly side: 'here' | 'there';
}

/** A version of a conflict as a picture. Its address is given back when it is not shown any more. */
export function useConflictPicture({ salonId, copyPath, side }: PictureAsked): PictureShown {
  const { folders } = useWorkspace();
  const [shown, setShown] = useState<PictureShown>({ state: 'loading' });
  useEffect(() => {
    let isShown = true;
    let url: string | null = null;
    const fetchPicture = async () => {
      const outcome = await folders.conflictPicture(salonId, copyPath, side);
      if (!isShown) return;
      const picture = outcome.ok ? outcome.value.picture : null;
      if (picture === null) return setShown({ state: 'none' });
      url = URL.createObjectURL(new Blob([picture.bytes.slice()], { type: picture.type }));
      setShown({ state: 'ready', url });
    };
    void fetchPicture();
    return () => {
      isShown = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [folders, salonId, copyPath, side]);
  return shown;
}
