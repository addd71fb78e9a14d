import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError, useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon, CopyIcon, FloppyDiskIcon } from '../ui/icons.ts';
import { DoorHeading } from './door.tsx';
import type { RecoveryModel } from './recovery-model.ts';
import { groupsOf } from './recovery-state.ts';
import './recovery.css';

/** The code, large, in groups, with the ways to keep it. */
export function ShownCode({ model, code }: { readonly model: RecoveryModel; readonly code: string }) {
  const { t } = useWords();
  return (
    <div className="door-field">
      <DoorHeading focused>{t('signin:code.keepTitle')}</DoorHeading>
      <p className="door-text">{t('signin:code.keepText')}</p>
      <ol className="code" aria-label={t('signin:code.label')}>
        {groupsOf(code).map((group, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two groups may be alike; their places are fixed
          <li className="code-group" key={index}>
            {group}
          </li>
        ))}
      </ol>
      <Keep code={code} />
      <p className="door-aside">{t('signin:code.where')}</p>
      <Button tone="primary" large onPress={model.noted}>
        {t('signin:code.kept')}
      </Button>
    </div>
  );
}

function Keep({ code }: { readonly code: string }) {
  const { t } = useWords();
  const { bridge, announcer, toasts } = useWorkspace();
  const { productName } = useBrand();
  const attempt = useAttempt();
  const [copied, setCopied] = useState(false);
  const [saved, setSaved] = useState(false);
  const copy = async () => {
    if (!(await attempt(bridge.app.copyText({ text: code })))) return;
    setCopied(true);
    announcer.say(t('common:copied'));
  };
  const save = async () => {
    const suggestedName = `${t('signin:code.fileName', { productName })}.txt`;
    const text = `${t('signin:code.fileText', { productName })}\n\n${code}\n`;
    const outcome = await bridge.app.saveText({ suggestedName, text });
    if (!outcome.ok) return showError(toasts, { from: 'main', error: outcome.error });
    if (!outcome.value.saved) return;
    setSaved(true);
    announcer.say(t('signin:code.saved'));
  };
  return (
    <div className="code-actions">
      <Button icon={copied ? CheckIcon : CopyIcon} onPress={() => void copy()}>
        {t(copied ? 'common:copied' : 'common:copy')}
      </Button>
      <Button icon={saved ? CheckIcon : FloppyDiskIcon} onPress={() => void save()}>
        {t(saved ? 'signin:code.saved' : 'common:save')}
      </Button>
    </div>
  );
}
