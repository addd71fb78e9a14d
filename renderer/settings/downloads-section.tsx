import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { FolderIcon } from '../ui/icons.ts';
import { useSelected } from '../ui/store.ts';
import { Locked } from './locked.tsx';
import { Row, Section } from './section.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { useSetting } from './use-setting.ts';

/** Where files go that come from conversations, services and calls. */
export function DownloadsSection() {
  const { t } = useWords();
  const { downloads } = useWorkspace();
  const { lockedBy } = useSetting('downloadsFolder');
  const folder = useSelected(downloads.view, (view) => view?.folder ?? '');
  return (
    <Section title={t('downloads:title')}>
      <SettingSwitch
        setting="downloadsAsk"
        label={t('settings:downloads.ask')}
        hint={t('settings:downloads.askHint')}
      />
      <Row
        icon={<FolderIcon size={22} aria-hidden />}
        title={t('settings:downloads.folder')}
        hint={
          <>
            <span className="settings-path">{folder}</span>
            <Locked by={lockedBy} />
          </>
        }
        actions={
          <Button isDisabled={lockedBy !== null} onPress={() => void downloads.chooseFolder()}>
            {t('settings:downloads.change')}
          </Button>
        }
      />
    </Section>
  );
}
