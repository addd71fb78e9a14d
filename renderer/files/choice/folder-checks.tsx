import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { FolderContents } from '../../../preload/contract/folder-sizes.ts';
import { useWords } from '../../i18n/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { fileName } from '../../ui/file-name.ts';
import { CaretRightIcon, CheckIcon, MinusIcon } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { shareOf, type Unwanted } from './choice-model.ts';
import type { ServerFolders } from './use-server-folders.ts';

interface Props {
  readonly path: string;
  readonly server: ServerFolders;
  readonly unwanted: Unwanted;
  readonly onChoose: (path: string, isWanted: boolean) => void;
}

/** The folders in a folder, each with a box to tick and what it weighs. */
export function FolderChecks(props: Props) {
  const { t } = useWords();
  const { path, server } = props;
  const contents = server.contents.get(path);
  if (!contents) return server.error ? null : <SkeletonRows rows={path === '' ? 4 : 1} avatar={20} />;
  if (contents.folders.length === 0) return <p className="secondary">{t('files:choose.noFolders')}</p>;
  return (
    <ul className="folder-choice-list">
      {contents.folders.map((folder) => (
        <Row key={folder.path} folder={folder} {...props} />
      ))}
    </ul>
  );
}

function Row({ folder, ...props }: Props & { readonly folder: FolderContents['folders'][number] }) {
  const { t, format } = useWords();
  const { server, unwanted, onChoose } = props;
  const [isOpen, setOpen] = useState(false);
  const { path, bytes } = folder;
  const name = fileName(path);
  const share = shareOf(path, unwanted);
  return (
    <li>
      <div className="folder-choice-row">
        <IconButton
          icon={CaretRightIcon}
          className="folder-choice-more"
          label={t('files:choose.inside', { name })}
          aria-expanded={isOpen}
          onPress={() => {
            void server.ask(path);
            setOpen(!isOpen);
          }}
        />
        <Checkbox
          className="folder-choice-check"
          isSelected={share === 'all'}
          isIndeterminate={share === 'some'}
          onChange={() => onChoose(path, share !== 'all')}
        >
          <span className="folder-choice-box" aria-hidden>
            {share === 'all' && <CheckIcon size={14} weight="bold" />}
            {share === 'some' && <MinusIcon size={14} weight="bold" />}
          </span>
          <span className="folder-choice-name cut" title={name}>
            {name}
          </span>
          <span className="folder-choice-size figures">{bytes === null ? '' : format.size(bytes)}</span>
        </Checkbox>
      </div>
      {isOpen && (
        <div className="folder-choice-below">
          <FolderChecks {...props} path={path} />
        </div>
      )}
    </li>
  );
}
