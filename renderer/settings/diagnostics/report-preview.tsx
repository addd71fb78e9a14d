import { useEffect, useState } from 'react';
import type { ReportBundle } from '../../../preload/contract/diagnostics.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { showError } from '../../salons/use-attempt.ts';
import { Button } from '../../ui/button.tsx';

interface Props {
  readonly bundleId: string;
  readonly file: ReportBundle['files'][number];
}

/** A file of the report, page by page. */
export function ReportPreview({ bundleId, file: { name, pages } }: Props) {
  const { t } = useWords();
  const [page, setPage] = useState(0);
  const text = usePage(bundleId, name, page);
  return (
    <div className="report-preview">
      <pre
        className="report-text"
        role="region"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
        tabIndex={0}
        aria-label={t('diagnostics:report.preview', { name })}
      >
        {text === '' ? t('diagnostics:report.empty') : text}
      </pre>
      {pages > 1 && (
        <div className="report-pages">
          <Button isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            {t('diagnostics:report.previous')}
          </Button>
          <span role="status">{t('diagnostics:report.page', { page: page + 1, pages })}</span>
          <Button isDisabled={page + 1 >= pages} onPress={() => setPage(page + 1)}>
            {t('diagnostics:report.next')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The text of a page, null while it comes. */
function usePage(bundleId: string, name: string, page: number): string | null {
  const { bridge, toasts } = useWorkspace();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    const ask = async () => {
      const outcome = await bridge.diagnostics.read({ bundleId, name, page });
      if (!isWanted) return;
      if (outcome.ok) setText(outcome.value.text);
      else showError(toasts, { from: 'main', error: outcome.error });
    };
    void ask();
    return () => {
      isWanted = false;
    };
  }, [bundleId, name, page, bridge, toasts]);
  return text;
}
