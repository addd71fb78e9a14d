import { useEffect, useState } from 'react';
import type { Crash } from '../../../preload/contract/diagnostics.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { showError } from '../../salons/use-attempt.ts';

/** What main knows beside the checks. */
export interface DiagnosticsState {
  readonly crashes: readonly Crash[];
  readonly mayExport: boolean;
}

/** What main knows beside the checks, as it changes; null until it answered. */
export function useDiagnosticsState(): DiagnosticsState | null {
  const { bridge, toasts } = useWorkspace();
  const [state, setState] = useState<DiagnosticsState | null>(null);
  useEffect(() => {
    let isHere = true;
    const ask = async () => {
      const outcome = await bridge.diagnostics.state();
      if (!isHere) return;
      if (outcome.ok) setState(outcome.value);
      else showError(toasts, { from: 'main', error: outcome.error });
    };
    void ask();
    const stop = bridge.diagnostics.on('crashed', () => void ask());
    return () => {
      isHere = false;
      stop();
    };
  }, [bridge, toasts]);
  return state;
}
