import { Button as Pressable, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import type { OfferedFolder } from '../../../preload/contract/chosen-folders.ts';
import { useWords, type Words } from '../../i18n/index.ts';
import { fileName } from '../../ui/file-name.ts';
import { FileTile } from '../../ui/file-tile.tsx';
import { CaretRightIcon, CheckCircleIcon } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import type { ServerFolders } from '../choice/use-server-folders.ts';

type Offered = ServerFolders<readonly OfferedFolder[]>;

interface Props {
  readonly server: Offered;
  /** Path of the chosen one; null while there is none. */
  readonly selected: string | null;
  readonly onSelect: (path: string) => void;
}

/** The person's folders on the server, of which one is chosen. Those that can't be say why. */
export function OfferedTree({ server, selected, onSelect }: Props) {
  const { t } = useWords();
  const top = server.contents.get('');
  if (!top) return <SkeletonRows rows={5} avatar={32} />;
  if (top.length === 0) return <p className="secondary">{t('files:add.empty')}</p>;
  const all = [...server.contents.values()].flat();
  const unfree = all.filter(({ standing }) => standing.is !== 'free').map(({ path }) => path);
  const reading = all.map(({ path }) => readingKey(path));
  return (
    <Tree
      className="offered"
      aria-label={t('files:add.tree')}
      selectionMode="single"
      disallowEmptySelection
      disabledBehavior="selection"
      disabledKeys={[...unfree, ...reading]}
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        const [path] = keys;
        if (keys !== 'all' && typeof path === 'string' && path !== selected) onSelect(path);
      }}
      onExpandedChange={(keys) => {
        for (const path of keys) void server.ask(String(path));
      }}
    >
      {top.map((folder) => (
        <Item key={folder.path} folder={folder} server={server} above={null} />
      ))}
    </Tree>
  );
}

/** The line below a folder while the server is asked for what is in it. */
function readingKey(path: string): string {
  return `${path}/`;
}

interface ItemProps {
  readonly folder: OfferedFolder;
  readonly server: Offered;
  /** The one that it is in; null at the top. */
  readonly above: OfferedFolder | null;
}

/** A line with those below it; until the server told of them, one that stands for them: what has none can't be opened. */
function Item({ folder, server, above }: ItemProps) {
  const words = useWords();
  const { path, bytes, sharedBy, standing } = folder;
  const about = [
    sharedBy === null || sharedBy === above?.sharedBy
      ? ''
      : words.t('files:add.sharedBy', { name: sharedBy }),
    standingWords(standing, words),
  ].filter((each) => each !== '');
  const size = bytes === null ? '' : words.format.size(bytes);
  const below = server.contents.get(path);
  return (
    <TreeItem
      id={path}
      className="offered-item"
      textValue={[fileName(path), ...about, size].filter((each) => each !== '').join(', ')}
    >
      <TreeItemContent>
        {({ isSelected, hasChildItems }) => (
          <Line
            name={fileName(path)}
            about={about.join(' · ')}
            size={size}
            isFree={standing.is === 'free'}
            isSelected={isSelected}
            isOpenable={hasChildItems}
          />
        )}
      </TreeItemContent>
      {below ? (
        below.map((each) => <Item key={each.path} folder={each} server={server} above={folder} />)
      ) : (
        <Reading path={path} />
      )}
    </TreeItem>
  );
}

function Reading({ path }: { readonly path: string }) {
  const { t } = useWords();
  return (
    <TreeItem id={readingKey(path)} className="offered-item" textValue={t('files:add.reading')}>
      <TreeItemContent>
        <p className="offered-line secondary">{t('files:add.reading')}</p>
      </TreeItemContent>
    </TreeItem>
  );
}

interface LineProps {
  readonly name: string;
  readonly about: string;
  readonly size: string;
  readonly isFree: boolean;
  readonly isSelected: boolean;
  readonly isOpenable: boolean;
}

function Line({ name, about, size, isFree, isSelected, isOpenable }: LineProps) {
  return (
    <div className="offered-line" data-free={isFree}>
      {isOpenable ? (
        <Pressable slot="chevron" className="offered-caret">
          <CaretRightIcon size={16} weight="bold" aria-hidden />
        </Pressable>
      ) : (
        <span className="offered-caret" />
      )}
      <FileTile name={null} />
      <span className="offered-words">
        <span className="cut" title={name}>
          {name}
        </span>
        {about !== '' && <span className="least cut">{about}</span>}
      </span>
      <span className="offered-size figures">{size}</span>
      <span className="offered-tick">
        {isSelected && <CheckCircleIcon size={20} weight="fill" aria-hidden />}
      </span>
    </div>
  );
}

/** Why a folder can't be chosen; empty for one that can. */
function standingWords(standing: OfferedFolder['standing'], { t }: Words): string {
  switch (standing.is) {
    case 'free':
      return '';
    case 'kept':
      return t('files:add.kept');
    case 'inside':
      return t('files:add.inside', { name: standing.folder });
    case 'around':
      return t('files:add.around', { name: standing.folder });
  }
}
