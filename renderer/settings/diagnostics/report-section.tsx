import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { LockIcon } from '../../ui/icons.ts';
import { Row, Section } from '../section.tsx';
import { ReportDialog } from './report-dialog.tsx';

/** The way to the report, or who decided that there is none. */
export function ReportSection({ mayExport }: { readonly mayExport: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('diagnostics:report.title')}>
      <Row
        title={t('diagnostics:report.row')}
        hint={
          <>
            {t('diagnostics:report.hint')}
            {!mayExport && (
              <span className="locked">
                <LockIcon size={16} weight="fill" aria-hidden />
                {t('diagnostics:report.forbidden')}
              </span>
            )}
          </>
        }
        actions={
          mayExport && <Button onPress={() => setOpen(true)}>{t('diagnostics:report.prepare')}</Button>
        }
      />
      {open && <ReportDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}
