import { useEffect, useState } from 'react';
import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { Freeable } from '../../../preload/contract/folder-sizes.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';

/** What could leave this PC: not known yet, known, or not to be had. */
export interface FreeableAsked {
  readonly known: Freeable | null;
  readonly error: ContractError | null;
  readonly ask: () => Promise<void>;
}

/** Has all folders weighed when it is shown, and again when told to. */
export function useFreeable(): FreeableAsked {
  const { folders } = useWorkspace();
  const [asked, setAsked] = useState<Omit<FreeableAsked, 'ask'>>({ known: null, error: null });
  useEffect(() => {
    let isShown = true;
    const lookFirst = async () => {
      const outcome = await folders.freeable();
      if (isShown) setAsked(asAsked(outcome));
    };
    void lookFirst();
    return () => {
      isShown = false;
    };
  }, [folders]);
  const ask = async () => {
    setAsked({ known: null, error: null });
    setAsked(asAsked(await folders.freeable()));
  };
  return { ...asked, ask };
}

function asAsked(outcome: Outcome<Freeable>): Omit<FreeableAsked, 'ask'> {
  return outcome.ok ? { known: outcome.value, error: null } : { known: null, error: outcome.error };
}
