import { useState } from 'react';
import type { Conflict, ConflictFacts } from '../../../preload/contract/files.ts';
import { useWords } from '../../i18n/index.ts';
import { type PictureAsked, useConflictPicture } from './use-conflict-picture.ts';
import './pictures.css';

interface Props {
  readonly salonId: string;
  readonly conflict: Conflict;
  readonly facts: ConflictFacts;
}

/** Both versions of a picture beside each other. */
export function ConflictPictures({ salonId, conflict: { copyPath }, facts }: Props) {
  const { t } = useWords();
  const sides = ['there', 'here'] as const;
  return (
    <section className="pictures" aria-label={t('files:conflict.pictures')}>
      {sides.map((side) => {
        // A newer version is fetched anew.
        const seen = facts[side]?.seen;
        return seen === undefined ? null : (
          <Picture key={side + seen} salonId={salonId} copyPath={copyPath} side={side} />
        );
      })}
    </section>
  );
}

function Picture(asked: PictureAsked) {
  const { t } = useWords();
  const shown = useConflictPicture(asked);
  const [size, setSize] = useState<string | null>(null);
  const [isBroken, setBroken] = useState(false);
  const label = t(`files:conflict.${asked.side}`);
  const isGone = shown.state === 'none' || isBroken;
  return (
    <figure className="picture">
      <div className="picture-frame">
        {shown.state === 'loading' && <span className="skeleton-block picture-waiting" />}
        {isGone && <p className="secondary">{t('files:conflict.noPicture')}</p>}
        {shown.state === 'ready' && !isBroken && (
          <img
            src={shown.url}
            alt={label}
            draggable={false}
            onError={() => setBroken(true)}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize(`${naturalWidth} × ${naturalHeight}`)
            }
          />
        )}
      </div>
      <figcaption className="least figures">
        {label}
        {size !== null && ` · ${size}`}
      </figcaption>
    </figure>
  );
}
