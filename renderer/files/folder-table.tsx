import { Button as Pressable } from 'react-aria-components';
import type { SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { folderState } from '../salons/folder-state.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { StateIcon } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';

/** Every salon's folder in one line: when it changed, how large it is, how it is. */
export function FolderTable({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t } = useWords();
  return (
    <table className="folders">
      <thead>
        <tr>
          <th scope="col" className="folders-salon">
            {t('files:table.salon')}
          </th>
          <th scope="col">{t('files:table.changed')}</th>
          <th scope="col">{t('files:table.size')}</th>
          <th scope="col">{t('files:table.state')}</th>
        </tr>
      </thead>
      <tbody>
        {folders.map((folder) => (
          <FolderRow key={folder.salonId} folder={folder} />
        ))}
      </tbody>
    </table>
  );
}

function FolderRow({ folder }: { readonly folder: SalonFolder }) {
  const words = useWords();
  const { t, format } = words;
  const { clock, navigation } = useWorkspace();
  const now = useStore(clock.minute);
  const { tone, title } = folderState(folder, words);
  const open = () => {
    navigation.openSalon(folder.salonId);
    navigation.showSide('folder');
  };
  return (
    <tr>
      <th scope="row">
        <Pressable className="folders-name" onPress={open}>
          <Avatar name={folder.name} seed={folder.salonId} shape="salon" size={36} />
          <span className="folders-words">
            <span className="cut">{folder.name}</span>
            <span className="least figures">{t('common:files', { count: folder.fileCount })}</span>
          </span>
        </Pressable>
      </th>
      <td className="figures">{folder.lastChange === null ? '' : format.relative(folder.lastChange, now)}</td>
      <td className="figures">{format.size(folder.byteCount)}</td>
      <td className={`folders-state tone-${tone}`}>
        <StateIcon tone={tone} />
        <span>{title}</span>
      </td>
    </tr>
  );
}
