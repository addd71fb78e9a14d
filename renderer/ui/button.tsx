import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.ts';
import './button.css';

/** `primary` for the one act that matters on a screen, `ok` for answering a call, `bad` for what destroys,
 * `danger` for the same beside a `primary`. */
export type ButtonTone = 'plain' | 'primary' | 'soft' | 'ok' | 'bad' | 'danger' | 'quiet';

interface Props extends Omit<ButtonProps, 'className' | 'children' | 'style'> {
  readonly tone?: ButtonTone;
  /** 44 px for calls and sign-in. */
  readonly large?: boolean;
  readonly icon?: Icon;
  readonly filled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with words. */
export function Button({ tone = 'plain', large, icon: Icon, filled, className, children, ...rest }: Props) {
  return (
    <AriaButton {...rest} className={cx('button', `button-${tone}`, large && 'button-large', className)}>
      {Icon && <Icon size={20} weight={filled ? 'fill' : 'regular'} aria-hidden />}
      <span className="button-words">{children}</span>
    </AriaButton>
  );
}

interface IconProps extends Omit<ButtonProps, 'className' | 'children' | 'style' | 'aria-label'> {
  readonly label: string;
  /** Shown after the label in the tooltip: "Ctrl N". */
  readonly shortcut?: string;
  readonly icon: Icon;
  readonly tone?: 'quiet' | 'soft' | 'on';
  readonly filled?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button of one icon; its words are in the tooltip and for the screen reader. */
export function IconButton(props: IconProps) {
  const { label, shortcut, icon: Icon, tone = 'quiet', filled, className, ...rest } = props;
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx('icon-button', `icon-button-${tone}`, className)}
      >
        <Icon size={20} weight={filled ? 'fill' : 'regular'} aria-hidden />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {shortcut && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
