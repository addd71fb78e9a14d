import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Later } from './recovery-intro.tsx';
import type { RecoveryModel } from './recovery-model.ts';

/** The chat server wants to be sure who asks, on a page in the system's browser. */
export function ApproveCode({ model, opened }: { readonly model: RecoveryModel; readonly opened: boolean }) {
  const { t } = useWords();
  const { busy, problem } = useStore(model.state);
  return (
    <div className="door-field" aria-busy={busy}>
      <DoorHeading focused key={String(opened)}>
        {t('signin:code.browser.title')}
      </DoorHeading>
      <p className="door-text">{t(opened ? 'signin:code.browser.opened' : 'signin:code.browser.text')}</p>
      {problem && <ProblemNotice error={problem} />}
      <div className="door-actions">
        {opened && (
          <Button tone="primary" large isPending={busy} onPress={() => void model.approved()}>
            {t(busy ? 'signin:code.making' : 'signin:code.browser.done')}
          </Button>
        )}
        <Button
          tone={opened ? 'plain' : 'primary'}
          large
          icon={ArrowSquareOutIcon}
          onPress={() => void model.openPage()}
        >
          {t(opened ? 'signin:browser.reopen' : 'signin:browser.open')}
        </Button>
        <Later why={t('signin:code.later')} />
      </div>
    </div>
  );
}
