import { Button } from 'react-aria-components';
import { cx } from '../../ui/cx.ts';
import type { Icon } from './icons.ts';

interface Props {
  readonly icon: Icon;
  /** Under the button. */
  readonly label: string;
  /** What the button does, for a screen reader; begins with the label. */
  readonly long: string;
  readonly shortcut?: string;
  readonly tone?: 'plain' | 'off' | 'on' | 'leave';
  readonly disabled?: boolean;
  readonly expanded?: boolean;
  readonly onPress: () => void;
}

/** One of the round-cornered buttons at the bottom of the call, 48 px with its word under it. */
export function Control({
  icon: Icon,
  label,
  long,
  shortcut,
  tone = 'plain',
  disabled,
  expanded,
  onPress,
}: Props) {
  return (
    <Button
      className={cx('control', `control-${tone}`)}
      aria-label={long}
      {...(shortcut ? { 'aria-keyshortcuts': shortcut } : {})}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
      isDisabled={disabled ?? false}
      onPress={onPress}
    >
      <span className="control-face" aria-hidden>
        <Icon size={22} weight="fill" />
      </span>
      <span className="control-word">{label}</span>
    </Button>
  );
}
