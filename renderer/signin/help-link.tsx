import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { ListChecksIcon, QuestionIcon } from '../ui/icons.ts';

/** For who can't get in: what works on this computer and what does not, and the brand's page that helps if it has one. */
export function HelpLink() {
  const { t } = useWords();
  const { bridge, navigation } = useWorkspace();
  const { help } = useBrand().links;
  const attempt = useAttempt();
  return (
    <div className="door-help">
      {help !== null && (
        <Button
          tone="quiet"
          icon={QuestionIcon}
          onPress={() => void attempt(bridge.app.openLink({ url: help }))}
        >
          {t('signin:help')}
        </Button>
      )}
      <Button tone="quiet" icon={ListChecksIcon} onPress={() => navigation.goTo('diagnostics')}>
        {t('signin:diagnostics')}
      </Button>
    </div>
  );
}
