import type { ContractError } from '../../preload/contract/channel.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import type { CommandError } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/**
 * What went wrong at the door: what happened and what to do. What is kept is what was typed; of messages and files
 * there is nothing here yet. The button that tries again is the page's own.
 */
export function ProblemNotice({ error }: { readonly error: ContractError | CommandError }) {
  const words = useWords();
  const { t } = words;
  const { bridge } = useWorkspace();
  const problem =
    'messageKey' in error ? ({ from: 'main', error } as const) : ({ from: 'chat', error } as const);
  const { title, action, details } = errorWords(problem, words);
  return (
    <Notice tone="bad" role="alert" title={title}>
      <p>
        {t('signin:kept')} {action}
      </p>
      <details className="notice-details">
        <summary>{t('common:details')}</summary>
        <code>{details}</code>
        <Button tone="quiet" onPress={() => void bridge.app.copyText({ text: details })}>
          {t('common:copyDetails')}
        </Button>
      </details>
    </Notice>
  );
}
