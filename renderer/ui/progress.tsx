import { ProgressBar } from 'react-aria-components';
import './progress.css';

interface Props {
  /** From 0 to 1; null while nobody knows. */
  readonly part: number | null;
  readonly label: string;
}

/** How far something long is. */
export function Progress({ part, label }: Props) {
  return (
    <ProgressBar
      className="progress"
      aria-label={label}
      {...(part === null ? { isIndeterminate: true } : { value: part * 100 })}
    >
      <span className="progress-done" style={{ width: part === null ? '30%' : `${part * 100}%` }} />
    </ProgressBar>
  );
}
