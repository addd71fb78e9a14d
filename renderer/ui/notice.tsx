import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import {
  ArrowsClockwiseIcon,
  CheckCircleIcon,
  ClockIcon,
  type Icon,
  InfoIcon,
  WarningCircleIcon,
  WarningIcon,
} from './icons.ts';
import './notice.css';

/** What a colour says; each has its icon, so that the colour is never alone. */
export type Tone = 'ok' | 'busy' | 'wait' | 'info' | 'warn' | 'bad';

const ICONS: Readonly<Record<Tone, Icon>> = {
  ok: CheckCircleIcon,
  busy: ArrowsClockwiseIcon,
  wait: ClockIcon,
  info: InfoIcon,
  warn: WarningIcon,
  bad: WarningCircleIcon,
};

/** The icon of a state, in its colour. `label` where no word stands beside it. */
export function StateIcon({
  tone,
  label,
  size = 18,
}: {
  readonly tone: Tone;
  readonly label?: string;
  readonly size?: number;
}) {
  const Icon = ICONS[tone];
  return (
    <span
      className={cx('state-icon', `tone-${tone}`)}
      {...(label ? { role: 'img', 'aria-label': label } : {})}
    >
      <Icon size={size} weight={tone === 'busy' || tone === 'wait' ? 'regular' : 'fill'} aria-hidden />
    </span>
  );
}

interface Props {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons; beside the text where there is room. */
  readonly actions?: ReactNode;
  /** `status` or `alert` where its appearing must be said. */
  readonly role?: 'status' | 'alert';
  readonly className?: string;
}

/** A box that says how something is: what happened, what was kept, what to do. */
export function Notice({ tone, title, children, actions, role, className }: Props) {
  return (
    <div className={cx('notice', `notice-${tone}`, className)} {...(role ? { role } : {})}>
      <StateIcon tone={tone} size={20} />
      <div className="notice-words">
        <p className="notice-title">{title}</p>
        {children && <div className="notice-text">{children}</div>}
      </div>
      {actions && <div className="notice-actions">{actions}</div>}
    </div>
  );
}
