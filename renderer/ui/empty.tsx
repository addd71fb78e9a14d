import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import './empty.css';

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What stands where there is nothing yet: what it will be, and the act that starts it. */
export function Empty({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden>
        <Icon size={28} />
      </span>
      <h2>{title}</h2>
      {children && <div className="empty-text">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}
