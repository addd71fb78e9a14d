import { cx } from './cx.ts';
import { initials, tintOf } from './initials.ts';
import './avatar.css';

interface Props {
  readonly name: string;
  /** What the colour comes from: stays when the name changes. */
  readonly seed: string;
  /** People are round, salons are square. */
  readonly shape: 'person' | 'salon';
  /** Pixels; 40 by default. */
  readonly size?: number;
  /** Address of a picture; the initials stand where it is null. */
  readonly picture?: string | null;
}

/**
 * A person or a salon: their picture or initials on a colour of their own. Says nothing: the name stands beside. The
 * initials are drawn, not text, so that they are no part of what a button that holds them says (WCAG 2.5.3).
 */
export function Avatar({ name, seed, shape, size = 40, picture }: Props) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.35) };
  return (
    <span
      className={cx('avatar', `avatar-${shape}`, `tint-${tintOf(seed)}`)}
      style={style}
      data-initials={picture ? '' : initials(name, shape === 'salon')}
      aria-hidden
    >
      {picture && <img src={picture} alt="" draggable={false} />}
    </span>
  );
}
