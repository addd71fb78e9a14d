import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components';
import './switch-row.css';

interface Props {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly tile?: ReactNode;
  readonly selected: boolean;
  readonly onChange: (selected: boolean) => void;
  readonly disabled?: boolean;
}

/** Something to turn on or off, with what it means. The whole row is the target. */
export function SwitchRow({ label, hint, tile, selected, onChange, disabled }: Props) {
  return (
    <Switch className="switch-row" isSelected={selected} onChange={onChange} isDisabled={disabled ?? false}>
      {tile}
      <span className="switch-words">
        <span className="switch-label">{label}</span>
        {hint && <span className="switch-hint">{hint}</span>}
      </span>
      <span className="switch-track" aria-hidden>
        <span className="switch-thumb" />
      </span>
    </Switch>
  );
}
