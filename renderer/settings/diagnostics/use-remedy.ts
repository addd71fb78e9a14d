import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { useBrand } from '../../salons/use-brand.ts';
import type { Remedy } from './remedies.ts';

/** What can be offered here, and the way to do it. */
export function useRemedy(): {
  readonly offers: { readonly systemPanels: boolean; readonly help: boolean };
  readonly take: (remedy: Remedy) => void;
} {
  const { bridge, info, navigation, session } = useWorkspace();
  const { help } = useBrand().links;
  const attempt = useAttempt();
  const take = (remedy: Remedy): void => {
    switch (remedy.act) {
      case 'sign-in':
        return session.askToSignIn(remedy.goal);
      case 'system':
        return void attempt(bridge.diagnostics.openSystem({ panel: remedy.panel }));
      case 'free-space':
        return navigation.ask({ kind: 'free-space' });
      case 'help':
        if (help !== null) void attempt(bridge.app.openLink({ url: help }));
    }
  };
  return { offers: { systemPanels: info.platform !== 'linux', help: help !== null }, take };
}
