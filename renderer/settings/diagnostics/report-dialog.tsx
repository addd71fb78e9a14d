import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { ReportBundle } from '../../../preload/contract/diagnostics.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { showError } from '../../salons/use-attempt.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { FloppyDiskIcon } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { ReportPreview } from './report-preview.tsx';

/** Shows what would be in the report, and saves just that. */
export function ReportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { bridge, toasts } = useWorkspace();
  const [withNames, setWithNames] = useState(false);
  const [saving, setSaving] = useState(false);
  const bundle = useBundle(withNames);
  const save = async (bundleId: string) => {
    setSaving(true);
    const outcome = await bridge.diagnostics.save({ bundleId });
    setSaving(false);
    if (!outcome.ok) return showError(toasts, { from: 'main', error: outcome.error });
    if (!outcome.value.saved) return;
    toasts.show('ok', (words) => words.t('diagnostics:report.saved'));
    onClose();
  };
  return (
    <Dialog
      title={t('diagnostics:report.dialog')}
      subtitle={t('diagnostics:report.lead')}
      onClose={onClose}
      width={820}
    >
      <SwitchRow
        label={t('diagnostics:report.names')}
        hint={t('diagnostics:report.namesHint')}
        selected={withNames}
        onChange={setWithNames}
      />
      {bundle ? <Contents bundle={bundle} /> : <SkeletonRows rows={4} avatar={24} />}
      <DialogActions>
        <Button onPress={onClose}>{t('common:cancel')}</Button>
        <Button
          tone="primary"
          icon={FloppyDiskIcon}
          isDisabled={!bundle || saving}
          onPress={() => bundle && void save(bundle.bundleId)}
        >
          {t('diagnostics:report.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The files of a report beside the one that is read. */
function Contents({ bundle }: { readonly bundle: ReportBundle }) {
  const { t, format } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const file = bundle.files.find(({ name }) => name === chosen) ?? bundle.files[0];
  if (!file) return null;
  return (
    <div className="report">
      <ul className="report-files" aria-label={t('diagnostics:report.files')}>
        {bundle.files.map(({ name, bytes }) => (
          <li key={name}>
            <AriaButton
              className={cx('report-file', name === file.name && 'report-file-on')}
              {...(name === file.name ? { 'aria-current': true as const } : {})}
              onPress={() => setChosen(name)}
            >
              <span>{name}</span>
              <span className="secondary figures">{format.size(bytes)}</span>
            </AriaButton>
          </li>
        ))}
      </ul>
      <ReportPreview key={`${bundle.bundleId} ${file.name}`} bundleId={bundle.bundleId} file={file} />
    </div>
  );
}

/** The report as it would be saved; null while it is put together. */
function useBundle(withFileNames: boolean): ReportBundle | null {
  const { bridge, toasts } = useWorkspace();
  const [made, setMade] = useState<{ bundle: ReportBundle; withFileNames: boolean } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const prepare = async () => {
      const outcome = await bridge.diagnostics.prepare({ withFileNames });
      if (!isWanted) return;
      if (outcome.ok) setMade({ bundle: outcome.value, withFileNames });
      else showError(toasts, { from: 'main', error: outcome.error });
    };
    void prepare();
    return () => {
      isWanted = false;
    };
  }, [withFileNames, bridge, toasts]);
  return made?.withFileNames === withFileNames ? made.bundle : null;
}
