import { useWords } from '../i18n/index.ts';
import { MonitorIcon, MoonIcon, SunIcon } from '../ui/icons.ts';
import { Choice } from './choice.tsx';
import { Section } from './section.tsx';
import { useSetting } from './use-setting.ts';

/** Colours, language, and the languages of what one writes. */
export function Appearance() {
  const { t } = useWords();
  const theme = useSetting('theme');
  const language = useSetting('language');
  const spelling = useSetting('spelling');
  return (
    <Section title={t('settings:appearance.title')}>
      <Choice
        label={t('settings:appearance.theme')}
        {...theme}
        options={[
          { value: 'system', label: t('settings:appearance.system'), icon: MonitorIcon },
          { value: 'light', label: t('settings:appearance.light'), icon: SunIcon },
          { value: 'dark', label: t('settings:appearance.dark'), icon: MoonIcon },
        ]}
      />
      <Choice
        label={t('settings:appearance.language')}
        {...language}
        options={[
          { value: 'system', label: t('settings:appearance.system') },
          { value: 'fr', label: 'Français' },
          { value: 'en', label: 'English' },
        ]}
      />
      <Choice
        label={t('settings:appearance.spelling')}
        {...spelling}
        options={[
          { value: 'both', label: t('settings:appearance.spellingBoth') },
          { value: 'fr', label: t('settings:appearance.spellingFrench') },
          { value: 'en', label: t('settings:appearance.spellingEnglish') },
          { value: 'off', label: t('settings:appearance.spellingOff') },
        ]}
      />
    </Section>
  );
}
