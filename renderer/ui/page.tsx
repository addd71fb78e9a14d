import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import './page.css';

interface Props {
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** What can be done on the whole page, beside its title. */
  readonly acts?: ReactNode;
  /** Of the body, which scrolls. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** The page of a module. The focus comes to its title when one goes there. */
export function Page({ title, subtitle, acts, className, children }: Props) {
  return (
    <main className="page" data-pane aria-label={title}>
      <header className="page-head">
        <div className="page-head-words">
          <h1 tabIndex={-1} data-pane-focus>
            {title}
          </h1>
          {subtitle}
        </div>
        {acts}
      </header>
      <div className={cx('page-body', className)}>{children}</div>
    </main>
  );
}
