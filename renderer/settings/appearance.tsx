import { useWords } from '../i18n/index.ts';
import { MonitorIcon, MoonIcon, SunIcon } from '../ui/icons.ts';
import { Choice } from './choice.tsx';
import { Section } from './section.tsx';
import { useSetting } from './use-setting.ts';

/** Colours and language. */
export function Appearance() {
  const { t } = useWords();
  const theme = useSetting('theme');
  const language = useSetting('language');
  return (
    <Section title={t('settings:appearance.title')}>
      <Choice
        label={t('settings:appearance.theme')}
        value={theme.value}
        onChange={theme.change}
        lockedBy={theme.lockedBy}
        options={[
          { value: 'system', label: t('settings:appearance.system'), icon: MonitorIcon },
          { value: 'light', label: t('settings:appearance.light'), icon: SunIcon },
          { value: 'dark', label: t('settings:appearance.dark'), icon: MoonIcon },
        ]}
      />
      <Choice
        label={t('settings:appearance.language')}
        value={language.value}
        onChange={language.change}
        lockedBy={language.lockedBy}
        options={[
          { value: 'system', label: t('settings:appearance.system') },
          { value: 'fr', label: 'Français' },
          { value: 'en', label: 'English' },
        ]}
      />
    </Section>
  );
}
