import { memo } from 'react';
import { useWords } from '../../i18n/index.ts';
import type { SalonSummary } from '../../matrix/protocol.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { AtIcon, LockIcon, PhoneIcon } from '../../ui/icons.ts';
import { SalonAvatar } from '../salon-avatar.tsx';
import { lastLineText } from './last-line.ts';

interface Props {
  readonly salon: SalonSummary;
  /** Who rings; null when nobody does. */
  readonly caller: string | null;
  /** Where it stands among all listed, from 1, for the screen reader. */
  readonly position: number;
  readonly count: number;
  readonly selected: boolean;
  readonly active: boolean;
  /** The minute it is. */
  readonly now: number;
  readonly onOpen: (salonId: string) => void;
}

/** The id of a salon's line in the page. */
export function rowId(salonId: string): string {
  return `salon-${salonId}`;
}

/** A salon in the list: its picture, name, last line, time and what waits to be read. */
export const SalonRow = memo(function SalonRow(props: Props) {
  const { salon, caller, position, count, selected, active, now, onOpen } = props;
  const { format } = useWords();
  const unread = salon.unread > 0 || salon.membership === 'invited';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the listbox has the focus and the keys (aria-activedescendant)
    <div
      role="option"
      id={rowId(salon.id)}
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={count}
      className={cx(
        'salon-row',
        selected && 'salon-row-on',
        active && 'salon-row-active',
        unread && 'salon-row-unread',
      )}
      onClick={() => onOpen(salon.id)}
    >
      <SalonAvatar salon={salon} />
      <div className="salon-row-words">
        <span className="salon-row-name">
          <span className="cut">{salon.name}</span>
          <Encrypted encrypted={salon.encrypted} />
        </span>
        <LastLineOf salon={salon} caller={caller} />
      </div>
      <div className="salon-row-side">
        <span className="least figures">{salon.lastAt > 0 ? format.brief(salon.lastAt, now) : ''}</span>
        <Waiting salon={salon} rings={caller !== null} />
      </div>
    </div>
  );
});

function Encrypted({ encrypted }: { readonly encrypted: boolean }) {
  const { t } = useWords();
  if (!encrypted) return null;
  return (
    <>
      <LockIcon size={12} weight="fill" className="salon-row-lock" aria-hidden />
      <span className="visually-hidden">{t('salons:encrypted')}</span>
    </>
  );
}

function LastLineOf({ salon, caller }: Pick<Props, 'salon' | 'caller'>) {
  const words = useWords();
  if (caller !== null)
    return (
      <span className="salon-row-line salon-row-call cut">{words.t('calls:ringing.title', { caller })}</span>
    );
  if (salon.membership === 'invited')
    return <span className="salon-row-line cut">{words.t('salons:invitedYou')}</span>;
  if (salon.call)
    return <span className="salon-row-line salon-row-call cut">{words.t('salons:callGoesOn')}</span>;
  if (!salon.lastLine) return <span className="salon-row-line cut">{words.t('salons:nothingYet')}</span>;
  return <span className="salon-row-line cut">{lastLineText(salon.lastLine, words)}</span>;
}

function Waiting({ salon, rings }: Pick<Props, 'salon'> & { readonly rings: boolean }) {
  const { t } = useWords();
  if (rings) {
    return (
      <span className="salon-row-waiting">
        <PhoneIcon size={18} weight="fill" className="salon-row-phone" aria-hidden />
      </span>
    );
  }
  return (
    <span className="salon-row-waiting">
      {salon.call && <PhoneIcon size={18} weight="fill" className="salon-row-phone" aria-hidden />}
      {salon.mentions > 0 && (
        <span className="salon-row-mention">
          <AtIcon size={16} weight="bold" aria-hidden />
          <span className="visually-hidden">{t('salons:mentions', { count: salon.mentions })}</span>
        </span>
      )}
      {salon.unread > 0 && <Badge count={salon.unread} label={t('salons:unread', { count: salon.unread })} />}
      {salon.membership === 'invited' && <span className="salon-row-dot" />}
    </span>
  );
}
