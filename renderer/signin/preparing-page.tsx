import { useWords } from '../i18n/index.ts';
import { Progress } from '../ui/progress.tsx';
import { Door, DoorHeading } from './door.tsx';

/** Between the sign-in and the salons: what the chat needs is not known yet. */
export function PreparingPage() {
  const { t } = useWords();
  return (
    <Door>
      <div className="door-field" role="status">
        <DoorHeading focused>{t('signin:preparing.title')}</DoorHeading>
        <p className="door-text">{t('signin:preparing.text')}</p>
        <Progress part={null} label={t('signin:preparing.title')} />
      </div>
    </Door>
  );
}
