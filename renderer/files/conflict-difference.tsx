import { useId } from 'react';
import type { Difference } from '../../preload/contract/difference.ts';
import { useWords } from '../i18n/index.ts';
import { type ConflictRow, conflictRows } from './conflict-rows.ts';
import './conflict.css';

/** What differs between two versions: line beside line, or why that can't be shown. */
export function ConflictDifference({ difference }: { readonly difference: Difference }) {
  const { t } = useWords();
  const titleId = useId();
  if (difference.kind === 'equal') return <p>{t('files:conflict.difference.equal')}</p>;
  if (difference.kind === 'none') {
    const { why } = difference;
    return why === 'missing' ? null : <p className="secondary">{t(`files:conflict.difference.${why}`)}</p>;
  }
  return (
    <section className="difference">
      <h2 id={titleId}>{t('files:conflict.difference.title')}</h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by keyboard too */}
      <div className="difference-lines" role="group" tabIndex={0} aria-labelledby={titleId}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('files:conflict.there')}</th>
              <th scope="col">{t('files:conflict.here')}</th>
            </tr>
          </thead>
          <tbody>
            {conflictRows(difference.parts).map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the rows never change
              <Row key={index} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {difference.isCut && <p className="least">{t('files:conflict.difference.cut')}</p>}
    </section>
  );
}

function Row({ row }: { readonly row: ConflictRow }) {
  const { t } = useWords();
  switch (row.kind) {
    case 'skipped':
      return (
        <tr className="line-skipped">
          <td colSpan={2}>{t('files:conflict.difference.skipped', { count: row.count })}</td>
        </tr>
      );
    case 'same':
      return (
        <tr>
          <td>{row.text}</td>
          <td>{row.text}</td>
        </tr>
      );
    case 'changed':
      return (
        <tr>
          <Changed side="there" text={row.there} />
          <Changed side="here" text={row.here} />
        </tr>
      );
  }
}

/** A sign and a word say it, not the colour alone. */
function Changed({ side, text }: { readonly side: 'there' | 'here'; readonly text: string | null }) {
  const { t } = useWords();
  if (text === null) return <td aria-label={t('files:conflict.difference.nothing')} />;
  return (
    <td className={`line-${side}`}>
      <span className="line-sign" aria-hidden>
        {side === 'there' ? '−' : '+'}
      </span>
      <span className="visually-hidden">
        {t(side === 'there' ? 'files:conflict.difference.removed' : 'files:conflict.difference.added')}{' '}
      </span>
      {text}
    </td>
  );
}
