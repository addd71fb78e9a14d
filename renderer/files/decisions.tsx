import type { Conflict, Guard, SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { fileName } from '../ui/file-name.ts';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { useConflictFacts } from './use-conflict-facts.ts';
import { useSettle } from './use-settle.ts';

/** More than these would push the page away; the rest is in each salon's folder. */
const SHOWN = 3;

/** What waits for the person: much that would be deleted first, then files changed on both sides. */
export function Decisions({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t } = useWords();
  const guards = folders.flatMap((folder) =>
    folder.activity.state === 'guarded' ? [{ folder, guard: folder.activity.guard }] : [],
  );
  const conflicts = folders.flatMap((folder) => folder.conflicts.map((conflict) => ({ folder, conflict })));
  const more = conflicts.length - SHOWN;
  return (
    <>
      {guards.map(({ folder, guard }) => (
        <GuardNotice key={folder.salonId} folder={folder} guard={guard} />
      ))}
      {conflicts.slice(0, SHOWN).map(({ folder, conflict }) => (
        <ConflictNotice key={folder.salonId + conflict.copyPath} folder={folder} conflict={conflict} />
      ))}
      {more > 0 && <p className="secondary">{t('files:moreConflicts', { count: more })}</p>}
    </>
  );
}

function GuardNotice({ folder, guard }: { readonly folder: SalonFolder; readonly guard: Guard }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <Notice
      tone="warn"
      className="decision"
      title={t('files:guard.notice', { name: folder.name })}
      actions={
        <Button onPress={() => navigation.ask({ kind: 'guard', salonId: folder.salonId })}>
          {t('files:guard.decide')}
        </Button>
      }
    >
      <p>
        {t(`files:guard.${guard.reason}.${guard.side}`, { count: guard.count })} {t('files:meaning.guarded')}
      </p>
    </Notice>
  );
}

function ConflictNotice({ folder, conflict }: { readonly folder: SalonFolder; readonly conflict: Conflict }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const settle = useSettle();
  const { salonId } = folder;
  const name = fileName(conflict.path);
  return (
    <Notice
      tone="warn"
      className="decision"
      title={t('files:conflict.notice', { name })}
      actions={
        <>
          <Button onPress={() => navigation.ask({ kind: 'conflict', salonId, copyPath: conflict.copyPath })}>
            {t('files:conflict.compare')}
          </Button>
          <Button onPress={() => void settle(salonId, conflict, 'both', null)}>
            {t('files:conflict.both')}
          </Button>
        </>
      }
    >
      <p>
        {t(`files:conflict.kept.${folder.kind}`, { name: folder.name })}{' '}
        <Who salonId={salonId} conflict={conflict} />
      </p>
    </Notice>
  );
}

/** Who changed it when, as soon as that is known. */
function Who({ salonId, conflict }: { readonly salonId: string; readonly conflict: Conflict }) {
  const { t, format } = useWords();
  const { clock } = useWorkspace();
  const now = useStore(clock.minute);
  const { facts } = useConflictFacts(salonId, conflict.copyPath);
  if (facts?.there?.author?.kind !== 'other' || !facts.here) return null;
  return t('files:conflict.who', {
    name: facts.there.author.name,
    there: format.relative(facts.there.modifiedAt, now),
    here: format.relative(facts.here.modifiedAt, now),
  });
}
