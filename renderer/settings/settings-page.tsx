import { useWords } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { About } from './about.tsx';
import { AccountSection } from './account-section.tsx';
import { AccountsSection } from './accounts-section.tsx';
import { Appearance } from './appearance.tsx';
import { DecidedSection } from './decided-section.tsx';
import { DownloadsSection } from './downloads-section.tsx';
import { FilesSection } from './files-section.tsx';
import { Notifications } from './notifications.tsx';
import { ProgramSection } from './program-section.tsx';
import { ProtectionSection } from './protection-section.tsx';
import './settings.css';

/** What a person can set, who they are here, and what the program is. */
export function SettingsPage() {
  const { t } = useWords();
  return (
    <Page title={t('app:settings')}>
      <div className="settings">
        <AccountSection />
        <AccountsSection />
        <ProtectionSection />
        <Notifications />
        <Appearance />
        <FilesSection />
        <DownloadsSection />
        <ProgramSection />
        <DecidedSection />
        <About />
      </div>
    </Page>
  );
}
