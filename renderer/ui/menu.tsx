import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuProps,
  MenuSection,
  MenuTrigger,
  Popover,
  type PopoverProps,
} from 'react-aria-components';
import { CheckIcon, type Icon } from './icons.ts';
import './menu.css';

/** A button and the menu it opens. The first child is the button. */
export function MenuButton({
  button,
  children,
  placement = 'bottom end',
  ...menu
}: {
  readonly button: ReactNode;
  readonly children: ReactNode;
  readonly placement?: PopoverProps['placement'];
} & Omit<MenuProps<object>, 'children'>) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover" placement={placement}>
        <AriaMenu {...menu} className="menu">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** Items of a menu of which one is chosen, apart from the acts that stand around them. */
export function MenuChoice({
  label,
  chosen,
  children,
}: {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <MenuSection className="menu-choice" aria-label={label} selectionMode="single" selectedKeys={chosen}>
      {children}
    </MenuSection>
  );
}

interface ItemProps {
  readonly id: string;
  readonly icon?: Icon;
  /** Stands before the words, instead of an icon. */
  readonly lead?: ReactNode;
  /** A second line. */
  readonly hint?: string;
  readonly bad?: boolean;
  readonly onAction?: () => void;
  readonly children: string;
}

/** One act of a menu. */
export function MenuItem({ id, icon: Icon, lead, hint, bad, onAction, children }: ItemProps) {
  return (
    <AriaMenuItem
      id={id}
      textValue={children}
      className={bad ? 'menu-item menu-item-bad' : 'menu-item'}
      {...(onAction ? { onAction } : {})}
    >
      {({ isSelected }) => (
        <>
          {Icon && <Icon size={18} aria-hidden />}
          {lead}
          {hint === undefined ? (
            <span>{children}</span>
          ) : (
            <span className="menu-words">
              <span>{children}</span>
              <span className="menu-hint">{hint}</span>
            </span>
          )}
          {isSelected && <CheckIcon className="menu-check" size={18} weight="bold" aria-hidden />}
        </>
      )}
    </AriaMenuItem>
  );
}
