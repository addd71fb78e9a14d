import type { ReactNode } from 'react';
import './badge.css';

/** A number on the accent colour: what waits to be read. `label` says it in words. */
export function Badge({ count, label }: { readonly count: number; readonly label: string }) {
  return (
    <span className="badge figures">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

/** A small word on a quiet colour: a partner's organisation, a role. */
export function Pill({
  tone = 'info',
  children,
}: {
  readonly tone?: 'info' | 'quiet' | 'ok';
  readonly children: ReactNode;
}) {
  return <span className={`pill pill-${tone}`}>{children}</span>;
}
