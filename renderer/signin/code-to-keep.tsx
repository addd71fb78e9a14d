import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon, CopyIcon, FloppyDiskIcon } from '../ui/icons.ts';
import { codeFile } from './code-groups.ts';

/** The code itself, to write down, copy or save. */
export function CodeToKeep({
  groups,
  onKept,
}: {
  readonly groups: readonly string[];
  readonly onKept: () => void;
}) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const { productName } = useBrand();
  const attempt = useAttempt();
  const [copied, setCopied] = useState(false);
  const [saved, setSaved] = useState(false);
  const copy = async () => setCopied(await attempt(bridge.app.copyText({ text: groups.join(' ') })));
  const save = async () => {
    const title = t('signin:code.fileTitle', { product: productName });
    const text = codeFile(title, t('signin:code.fileText'), groups);
    const outcome = await bridge.app.saveText({
      suggestedName: t('signin:code.fileName', { product: productName }),
      text,
    });
    setSaved(outcome.ok && outcome.value.saved);
  };
  return (
    <div className="entrance-step">
      <h1>{t('signin:code.keepTitle')}</h1>
      <p>{t('signin:code.keepText')}</p>
      <ol className="code" aria-label={t('signin:code.label')}>
        {groups.map((group, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- groups may repeat and never change their order
          <li key={index}>{group}</li>
        ))}
      </ol>
      <div className="code-acts">
        <Button icon={copied ? CheckIcon : CopyIcon} onPress={() => void copy()}>
          {t(copied ? 'common:copied' : 'common:copy')}
        </Button>
        <Button icon={saved ? CheckIcon : FloppyDiskIcon} onPress={() => void save()}>
          {t(saved ? 'signin:code.saved' : 'common:save')}
        </Button>
      </div>
      <p className="least">{t('signin:code.where')}</p>
      <Button tone="primary" large onPress={onKept}>
        {t('signin:code.kept')}
      </Button>
    </div>
  );
}
