import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Choice } from './choice.tsx';
import { Section } from './section.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { SpeedLimitRow } from './speed-limit-row.tsx';
import { useSetting } from './use-setting.ts';

/** When files wait, and how much of the line they take. */
export function FilesSection() {
  const { t } = useWords();
  const { info } = useWorkspace();
  const battery = useSetting('pauseOnBattery');
  return (
    <Section title={t('settings:files.title')}>
      <Choice
        label={t('settings:files.battery')}
        {...battery}
        options={[
          { value: 'never', label: t('settings:files.batteryNever') },
          { value: 'low', label: t('settings:files.batteryLow') },
          { value: 'always', label: t('settings:files.batteryAlways') },
        ]}
      />
      {/* macOS does not tell which lines are paid by volume. */}
      {info.platform !== 'macos' && (
        <SettingSwitch
          setting="pauseOnMetered"
          label={t('settings:files.metered')}
          hint={t('settings:files.meteredHint')}
        />
      )}
      <SpeedLimitRow setting="uploadLimit" label={t('settings:files.up')} />
      <SpeedLimitRow setting="downloadLimit" label={t('settings:files.down')} />
    </Section>
  );
}
