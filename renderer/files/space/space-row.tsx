import { Checkbox } from 'react-aria-components';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { fileName } from '../../ui/file-name.ts';
import { FileTile } from '../../ui/file-tile.tsx';
import { CheckIcon } from '../../ui/icons.ts';
import { StateIcon } from '../../ui/notice.tsx';
import { useSelected } from '../../ui/store.ts';
import type { FreeableFolder } from './space-model.ts';
import '../choice/choice.css';

interface Props {
  readonly folder: FreeableFolder;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

/** A folder that could leave this PC: what it frees, and whether all of it is online already. */
export function SpaceRow({ folder: { salonId, path, bytes, unsent }, isChosen, onChoose }: Props) {
  const { t, format } = useWords();
  const { folders } = useWorkspace();
  const salon = useSelected(folders.overview, () => folders.folder(salonId)?.name ?? '');
  const isWhole = path === '';
  const name = isWhole ? salon : fileName(path);
  return (
    <li>
      <Checkbox className="folder-choice-check space-row" isSelected={isChosen} onChange={onChoose}>
        <span className="folder-choice-box" aria-hidden>
          {isChosen && <CheckIcon size={14} weight="bold" />}
        </span>
        <FileTile name={null} />
        <span className="space-words">
          <span className="space-name cut" title={isWhole ? salon : path}>
            {name}
          </span>
          <span className="least cut">{isWhole ? t('files:space.whole') : salon}</span>
        </span>
        <span className="space-figures">
          <span className="figures">{format.size(bytes)}</span>
          <span className="least space-state">
            <StateIcon tone={unsent === 0 ? 'ok' : 'wait'} size={14} />
            {unsent === 0 ? t('files:space.online') : t('files:space.unsent', { count: unsent })}
          </span>
        </span>
      </Checkbox>
    </li>
  );
}
