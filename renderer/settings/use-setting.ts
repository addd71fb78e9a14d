import type { Settings, SettingsView } from '../../preload/contract/settings.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { useSelected } from '../ui/store.ts';

/** Who decided a value, null when the person may. */
export type LockedBy = SettingsView['locked'][number]['by'] | null;

/** One setting: its value, who locked it, and the way to change it (what goes wrong is said at the bottom). */
export function useSetting<K extends keyof Settings>(
  key: K,
): {
  readonly value: Settings[K];
  readonly lockedBy: LockedBy;
  readonly change: (value: Settings[K]) => void;
} {
  const { preferences, toasts } = useWorkspace();
  const value = useSelected(preferences.view, (view) => view.values[key]);
  const lockedBy = useSelected(preferences.view, (view) => lockOf(view, key));
  const change = async (next: Settings[K]) => {
    const error = await preferences.change({ [key]: next });
    if (error) showError(toasts, { from: 'main', error });
  };
  return { value, lockedBy, change: (next) => void change(next) };
}

/** Who decided a value of a view. */
export function lockOf(view: SettingsView, key: keyof Settings): LockedBy {
  return view.locked.find((lock) => lock.key === key)?.by ?? null;
}
