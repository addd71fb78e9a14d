import type { Crash } from '../../../preload/contract/diagnostics.ts';
import { useWords } from '../../i18n/index.ts';
import { StateIcon } from '../../ui/notice.tsx';
import { Row, Section } from '../section.tsx';
import { whyOf } from './crash-words.ts';

const MOST_SHOWN = 5;

/** What stopped by itself, newest first. */
export function CrashSection({ crashes }: { readonly crashes: readonly Crash[] }) {
  const { t, format } = useWords();
  return (
    <Section title={t('diagnostics:crashes.title')}>
      {crashes
        .slice(-MOST_SHOWN)
        .toReversed()
        .map(({ at, part, reason, version }) => (
          <Row
            key={`${at} ${part}`}
            icon={<StateIcon tone="warn" size={22} />}
            title={
              <>
                {t(`diagnostics:crashes.part.${part}`)} <span className="check-state">{format.full(at)}</span>
              </>
            }
            hint={t('diagnostics:crashes.reason', {
              why: t(`diagnostics:crashes.why.${whyOf(reason)}`),
              version,
            })}
          />
        ))}
      <Row
        title={t(crashes.length === 0 ? 'diagnostics:crashes.none' : 'diagnostics:crashes.hint')}
        hint={crashes.length === 0 && t('diagnostics:crashes.hint')}
      />
    </Section>
  );
}
