import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { HardDrivesIcon } from '../ui/icons.ts';
import { useWorkspace } from './stores/workspace-context.tsx';
import { useAttempt } from './use-attempt.ts';

/** Asked once: where on this PC the salons' folders are kept. */
export function ChoosePlace({ suggested }: { readonly suggested: string }) {
  const { t } = useWords();
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const choose = async (how: 'suggested' | 'ask') => {
    setBusy(true);
    await attempt(folders.choosePlace(how));
    setBusy(false);
  };
  return (
    <Empty
      icon={HardDrivesIcon}
      title={t('files:place.title')}
      actions={
        <>
          <Button tone="primary" isDisabled={busy} onPress={() => void choose('suggested')}>
            {t('files:place.take')}
          </Button>
          <Button isDisabled={busy} onPress={() => void choose('ask')}>
            {t('files:place.other')}
          </Button>
        </>
      }
    >
      <p>{t('files:place.text')}</p>
      <p className="place-path">{suggested}</p>
    </Empty>
  );
}
