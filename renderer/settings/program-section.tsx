import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { FolderIcon, ListChecksIcon } from '../ui/icons.ts';
import { useSelected } from '../ui/store.ts';
import { Row, Section } from './section.tsx';
import { SettingSwitch } from './setting-switch.tsx';

/** How the program behaves on this PC: calls, closing, starting, where the folders are. */
export function ProgramSection() {
  const { t } = useWords();
  return (
    <Section title={t('settings:program.title')}>
      <SettingSwitch
        setting="startMuted"
        label={t('settings:program.startMuted')}
        hint={t('settings:program.startMutedHint')}
      />
      <SettingSwitch
        setting="closeToTray"
        label={t('settings:program.closeToTray')}
        hint={t('settings:program.closeToTrayHint')}
      />
      <SettingSwitch
        setting="autostart"
        label={t('settings:program.autostart')}
        hint={t('settings:program.autostartHint')}
      />
      <Place />
      <Diagnostics />
    </Section>
  );
}

function Diagnostics() {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <Row
      icon={<ListChecksIcon size={22} aria-hidden />}
      title={t('diagnostics:row')}
      hint={t('diagnostics:rowHint')}
      actions={<Button onPress={() => navigation.goTo('diagnostics')}>{t('diagnostics:open')}</Button>}
    />
  );
}

function Place() {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const files = useBrand().module('files');
  const place = useSelected(folders.overview, (overview) => overview?.place ?? null);
  return (
    <Row
      icon={<FolderIcon size={22} aria-hidden />}
      title={t('settings:program.place')}
      hint={<span className="settings-path">{place ?? t('settings:program.noPlace')}</span>}
      actions={
        <>
          {place !== null && (
            <Button onPress={() => void attempt(folders.openPlace())}>{t('common:open')}</Button>
          )}
          <Button onPress={() => navigation.goTo('files')}>{t('settings:program.toFiles', { files })}</Button>
        </>
      }
    />
  );
}
