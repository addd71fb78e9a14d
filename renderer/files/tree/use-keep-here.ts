import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { fileName } from '../../ui/file-name.ts';
import { takeBack } from '../choice/choice-model.ts';

/**
 * Has a folder that is online only on this PC from now on, and offers to undo it. When it does not fit on the disk,
 * nothing is done, and the way to make room is offered.
 */
export function useKeepHere(): (salonId: string, path: string) => Promise<void> {
  const { folders, navigation, toasts } = useWorkspace();
  const attempt = useAttempt();
  /** As far as they are listed, which those on the way to what a person sees are. */
  const foldersIn = (salonId: string) => (path: string) =>
    (folders.entries(salonId, path).get().entries ?? [])
      .filter(({ kind }) => kind === 'folder')
      .map((entry) => entry.path);
  return async (salonId, path) => {
    const folder = folders.folder(salonId);
    if (!folder) return;
    const { unwanted: before } = folder;
    const name = path === '' ? folder.name : fileName(path);
    const contents = await folders.contents(salonId, path);
    if (contents.ok && isTooMuch(contents.value)) {
      toasts.show('warn', ({ t }) => t('files:keepHere.tooMuch', { name }), 'keep', {
        label: ({ t }) => t('files:act.free'),
        act: () => navigation.ask({ kind: 'free-space' }),
      });
      return;
    }
    const after = takeBack(path, before, foldersIn(salonId));
    if (!(await attempt(folders.choose(salonId, after)))) return;
    toasts.show('ok', ({ t }) => t('files:keepHere.comes', { name }), 'keep', {
      label: ({ t }) => t('files:conflict.undo'),
      act: () => void attempt(folders.choose(salonId, before)),
    });
  };
}

interface Weighed {
  readonly folders: readonly { readonly bytes: number | null }[];
  readonly fileBytes: number;
  readonly freeBytes: number | null;
}

function isTooMuch({ folders, fileBytes, freeBytes }: Weighed): boolean {
  const bytes = folders.reduce((sum, folder) => sum + (folder.bytes ?? 0), fileBytes);
  return freeBytes !== null && bytes > freeBytes;
}
