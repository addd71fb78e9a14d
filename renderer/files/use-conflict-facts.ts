import { useCallback, useEffect, useState } from 'react';
import type { ContractError, Outcome } from '../../preload/contract/channel.ts';
import type { ConflictFacts } from '../../preload/contract/files.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';

/** Two versions as main sees them: not known yet, known, or not to be had. */
export interface LookedAt {
  readonly facts: ConflictFacts | null;
  readonly error: ContractError | null;
}

/** Looks at both versions of a conflict when it is shown, and again when told to. */
export function useConflictFacts(
  salonId: string,
  copyPath: string,
): LookedAt & { readonly look: () => Promise<void> } {
  const { folders } = useWorkspace();
  const [looked, setLooked] = useState<LookedAt>({ facts: null, error: null });
  const look = useCallback(
    async () => setLooked(asLooked(await folders.conflict(salonId, copyPath))),
    [folders, salonId, copyPath],
  );
  useEffect(() => {
    let isShown = true;
    const lookFirst = async () => {
      const outcome = await folders.conflict(salonId, copyPath);
      if (isShown) setLooked(asLooked(outcome));
    };
    void lookFirst();
    return () => {
      isShown = false;
    };
  }, [folders, salonId, copyPath]);
  return { ...looked, look };
}

function asLooked(outcome: Outcome<ConflictFacts>): LookedAt {
  return outcome.ok ? { facts: outcome.value, error: null } : { facts: null, error: outcome.error };
}
