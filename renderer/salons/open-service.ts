import type { ServiceView } from '../../preload/contract/brand.ts';
import type { Workspace } from './stores/workspace.ts';
import { showError } from './use-attempt.ts';

/** Opens a service where the brand wants it: in the person's browser, or in a view beside the salons. */
export async function openService(
  { id, opens }: Pick<ServiceView, 'id' | 'opens'>,
  { bridge, navigation, toasts }: Pick<Workspace, 'bridge' | 'navigation' | 'toasts'>,
): Promise<void> {
  if (opens === 'view') return navigation.goToService(id);
  const opened = await bridge.services.openInBrowser({ id });
  if (!opened.ok) showError(toasts, { from: 'main', error: opened.error });
}
