import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { QuestionIcon } from '../ui/icons.ts';

/** Where the brand has a page that helps: a way there. */
export function HelpLink() {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const { help } = useBrand().links;
  const attempt = useAttempt();
  if (help === null) return null;
  return (
    <Button tone="quiet" icon={QuestionIcon} onPress={() => void attempt(bridge.app.openLink({ url: help }))}>
      {t('signin:help')}
    </Button>
  );
}
