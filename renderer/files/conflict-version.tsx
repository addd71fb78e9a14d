import type { ConflictVersion as Facts } from '../../preload/contract/files.ts';
import { useWords, type Words } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { fileName } from '../ui/file-name.ts';
import { FileTile } from '../ui/file-tile.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import './conflict.css';

interface Props {
  readonly salonId: string;
  readonly path: string;
  readonly label: string;
  /** Null when it is gone. */
  readonly facts: Facts | null;
}

/** One of two versions: who wrote it when, how large it is, and a way to look at it. */
export function ConflictVersion({ salonId, path, label, facts }: Props) {
  const words = useWords();
  const { t, format } = words;
  const { clock, folders } = useWorkspace();
  const attempt = useAttempt();
  const now = useStore(clock.minute);
  return (
    <li className="version">
      <FileTile name={facts?.kind === 'folder' ? null : path} size={36} />
      <div className="version-words">
        <p className="version-label">{label}</p>
        {facts ? (
          <>
            <p className="secondary" title={format.full(facts.modifiedAt)}>
              {written(facts, now, words)}
            </p>
            <p className="least figures cut" title={path}>
              {facts.kind === 'file' && `${format.size(facts.size)} · `}
              {fileName(path)}
            </p>
          </>
        ) : (
          <p className="secondary">{t('files:conflict.missing')}</p>
        )}
      </div>
      {facts && (
        <Button
          icon={ArrowSquareOutIcon}
          aria-label={`${t('common:open')}, ${label}`}
          onPress={() => void attempt(folders.open(salonId, path))}
        >
          {t('common:open')}
        </Button>
      )}
    </li>
  );
}

function written({ author, modifiedAt }: Facts, now: number, { t, format }: Words): string {
  const when = format.relative(modifiedAt, now);
  if (author === null) return t('files:conflict.changed', { when });
  return author.kind === 'you'
    ? t('files:conflict.changedByYou', { when })
    : t('files:conflict.changedBy', { when, name: author.name });
}
