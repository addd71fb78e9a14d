import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuProps,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import type { Icon } from './icons.ts';
import './menu.css';

/** A button and the menu it opens. The first child is the button. */
export function MenuButton({
  button,
  children,
  ...menu
}: { readonly button: ReactNode; readonly children: ReactNode } & Omit<MenuProps<object>, 'children'>) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover" placement="bottom end">
        <AriaMenu {...menu} className="menu">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface ItemProps {
  readonly id: string;
  readonly icon?: Icon;
  readonly bad?: boolean;
  readonly onAction?: () => void;
  readonly children: string;
}

/** One act of a menu. */
export function MenuItem({ id, icon: Icon, bad, onAction, children }: ItemProps) {
  return (
    <AriaMenuItem
      id={id}
      textValue={children}
      className={bad ? 'menu-item menu-item-bad' : 'menu-item'}
      {...(onAction ? { onAction } : {})}
    >
      {Icon && <Icon size={18} aria-hidden />}
      <span>{children}</span>
    </AriaMenuItem>
  );
}
