import { LICENCE_URL } from '../../preload/contract/licence.ts';
import { useWords } from '../i18n/index.ts';
import { useLegalLinks } from '../salons/legal-links.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { QuestionIcon, ShieldCheckIcon } from '../ui/icons.ts';
import { Row, Section } from './section.tsx';
import { UpdatesRow } from './updates-row.tsx';

/** Which program this is, who offers it, and under which licence. */
export function About() {
  const { t } = useWords();
  const { info, bridge } = useWorkspace();
  const { productName, organisation, logo, hosting, links } = useBrand();
  const { help } = links;
  const legal = useLegalLinks();
  const attempt = useAttempt();
  const open = (url: string) => void attempt(bridge.app.openLink({ url }));
  return (
    <Section title={t('settings:about.title')}>
      <Row
        icon={<img className="about-mark" src={logo} alt="" />}
        title={t('settings:about.version', { productName, version: info.version })}
        hint={
          <>
            <p>{t('settings:about.offeredBy', { organisation })}</p>
            <p>{hosting}</p>
            <p>{t('settings:about.licence')}</p>
          </>
        }
        actions={
          <>
            {help !== null && (
              <Button icon={QuestionIcon} onPress={() => open(help)}>
                {t('settings:about.help')}
              </Button>
            )}
            {legal.map(({ name, url }) => (
              <Button key={name} onPress={() => open(url)}>
                {name}
              </Button>
            ))}
            <Button onPress={() => open(LICENCE_URL)}>{t('settings:about.readLicence')}</Button>
          </>
        }
      />
      <UpdatesRow />
      <Row
        icon={<ShieldCheckIcon size={22} aria-hidden />}
        title={t('settings:about.telemetry')}
        hint={t('settings:about.telemetryHint')}
      />
    </Section>
  );
}
