import { type AnyError, errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface Props {
  readonly problem: AnyError;
  /** The one button that does what is to be done. */
  readonly onRetry?: () => void;
  readonly onCopy?: (details: string) => void;
  readonly className?: string;
}

/** An error as a box: what happened, what is kept, what to do; the details one click away and safe to paste. */
export function ErrorNotice({ problem, onRetry, onCopy, className }: Props) {
  const words = useWords();
  const { title, kept, action, details } = errorWords(problem, words);
  return (
    <Notice
      tone="bad"
      role="alert"
      title={title}
      {...(className ? { className } : {})}
      actions={onRetry && <Button onPress={onRetry}>{words.t('common:retry')}</Button>}
    >
      <p>
        {kept} {action}
      </p>
      {onCopy && <ProblemDetails details={details} onCopy={onCopy} />}
    </Notice>
  );
}

/** What helps whoever helps the person, one click away. */
export function ProblemDetails({
  details,
  onCopy,
}: {
  readonly details: string;
  readonly onCopy: (details: string) => void;
}) {
  const { t } = useWords();
  return (
    <details className="notice-details">
      <summary>{t('common:details')}</summary>
      <code>{details}</code>
      <Button tone="quiet" onPress={() => onCopy(details)}>
        {t('common:copyDetails')}
      </Button>
    </details>
  );
}
