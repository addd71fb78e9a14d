import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { BellIcon, BellSlashIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { Locked } from './locked.tsx';
import { type QuietTime, quietUntil } from './quiet-time.ts';
import { Row, Section } from './section.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { useSetting } from './use-setting.ts';

const TIMES: readonly QuietTime[] = ['half-hour', 'hour', 'morning'];

/** What may call for the person's attention, and when not. */
export function Notifications() {
  const { t } = useWords();
  return (
    <Section title={t('settings:notifications.title')}>
      <SettingSwitch
        setting="notifications"
        label={t('settings:notifications.show')}
        hint={t('settings:notifications.hint')}
      />
      <DoNotDisturb />
    </Section>
  );
}

function DoNotDisturb() {
  const { t, format } = useWords();
  const { clock } = useWorkspace();
  const now = useStore(clock.minute);
  const { value: until, lockedBy, change } = useSetting('doNotDisturbUntil');
  const quiet = until !== null && until > now;
  const sameDay = quiet && new Date(until).toDateString() === new Date(now).toDateString();
  return (
    <Row
      icon={quiet ? <BellSlashIcon size={22} aria-hidden /> : <BellIcon size={22} aria-hidden />}
      title={
        quiet
          ? t(sameDay ? 'settings:quiet.until' : 'settings:quiet.untilTomorrow', { time: format.time(until) })
          : t('settings:quiet.title')
      }
      hint={
        <>
          {t('settings:quiet.hint')}
          <Locked by={lockedBy} />
        </>
      }
      actions={
        lockedBy === null &&
        (quiet ? (
          <Button onPress={() => change(null)}>{t('settings:quiet.end')}</Button>
        ) : (
          TIMES.map((time) => (
            <Button key={time} onPress={() => change(quietUntil(time, clock.now()))}>
              {t(`settings:quiet.times.${time}`)}
            </Button>
          ))
        ))
      }
    />
  );
}
