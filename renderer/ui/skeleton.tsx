import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import './skeleton.css';

/** Nothing is shown before: what comes faster needs no sign of waiting. */
const PATIENCE_MS = 300;

/** True once the patience is over. */
export function useLate(delay: number = PATIENCE_MS): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  return late;
}

/** Grey rows in the shape of what is coming, after 300 ms. */
export function SkeletonRows({ rows, avatar = 40 }: { readonly rows: number; readonly avatar?: number }) {
  const { t } = useWords();
  const late = useLate();
  if (!late) return null;
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{t('common:loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div className="skeleton-row" key={row} aria-hidden>
          <span
            className="skeleton-block"
            style={{ width: avatar, height: avatar, borderRadius: avatar * 0.3 }}
          />
          <span className="skeleton-lines">
            <span className="skeleton-block" style={{ width: `${72 - ((row * 17) % 34)}%` }} />
            <span className="skeleton-block" style={{ width: `${88 - ((row * 23) % 40)}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
