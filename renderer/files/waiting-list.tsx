import type { WaitingFiles } from '../../preload/contract/file-activity.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { fileName } from '../ui/file-name.ts';
import { FileTile } from '../ui/file-tile.tsx';
import { useSelected } from '../ui/store.ts';
import { useWaitingFiles } from './use-waiting-files.ts';

/** The files that wait for their turn, those first that come next. */
export function WaitingList() {
  const { t, format } = useWords();
  const { files, count, bytes } = useWaitingFiles();
  if (count === 0) return null;
  const more = count - files.length;
  return (
    <section className="activity" aria-label={t('files:activity.waiting')}>
      <div className="activity-head">
        <h2>{t('files:activity.waiting')}</h2>
        <p className="secondary figures">
          {t('files:activity.waits', {
            files: t('common:files', { count }),
            size: format.size(bytes),
          })}
        </p>
      </div>
      <ol className="activity-list">
        {files.map((file, index) => (
          <WaitingRow key={`${file.salonId} ${file.path}`} file={file} rank={index + 1} />
        ))}
      </ol>
      {more > 0 && <p className="secondary figures">{t('files:activity.more', { count: more })}</p>}
    </section>
  );
}

interface RowProps {
  readonly file: WaitingFiles['files'][number];
  readonly rank: number;
}

function WaitingRow({ file: { salonId, path, direction, bytes }, rank }: RowProps) {
  const { t, format } = useWords();
  const { folders } = useWorkspace();
  const salon = useSelected(folders.overview, () => folders.folder(salonId)?.name ?? '');
  const name = fileName(path);
  return (
    <li className="activity-row">
      <span className="least figures activity-rank" aria-hidden>
        {rank}
      </span>
      <FileTile name={name} />
      <div className="activity-words">
        <p className="activity-name cut" title={path}>
          {name}
        </p>
        <p className="least cut">{t(`files:activity.${direction}`, { salon })}</p>
      </div>
      <p className="least figures activity-when">{format.size(bytes)}</p>
    </li>
  );
}
