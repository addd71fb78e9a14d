import { useWords } from '../i18n/index.ts';
import { keyNames } from '../ui/keys.ts';
import { useWorkspace } from './stores/workspace-context.tsx';

/** A shortcut, such as `Ctrl+Shift+A`, as the names that stand on the keys of this computer. */
export function useKeyNames(shortcut: string): readonly string[] {
  const { t } = useWords();
  const { info } = useWorkspace();
  const names = { shift: t('app:keys.shift'), escape: t('app:keys.escape'), enter: t('app:keys.enter') };
  return keyNames(shortcut, names, info.platform === 'macos');
}
