import type { ReactNode } from 'react';
import { Tab as AriaTab } from 'react-aria-components';
import './tab.css';

interface Props {
  readonly id: string;
  readonly children: ReactNode;
}

/** One of a row of tabs, underlined when chosen. */
export function Tab({ id, children }: Props) {
  return (
    <AriaTab id={id} className="tab">
      {children}
    </AriaTab>
  );
}
