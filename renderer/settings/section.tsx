import { type ReactNode, useId } from 'react';

/** A group of settings under its name. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="settings-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="settings-card">{children}</div>
    </section>
  );
}

interface RowProps {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly hint?: ReactNode;
  /** What can be done about it, at the end of the row. */
  readonly actions?: ReactNode;
}

/** One line of a group: what it is, how it is, what can be done. */
export function Row({ icon, title, hint, actions }: RowProps) {
  return (
    <div className="settings-row">
      {icon}
      <div className="settings-words">
        <p className="settings-title">{title}</p>
        {hint && <div className="settings-hint">{hint}</div>}
      </div>
      {actions && <div className="settings-actions">{actions}</div>}
    </div>
  );
}
