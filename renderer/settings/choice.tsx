import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { Icon } from '../ui/icons.ts';
import { Locked } from './locked.tsx';
import type { LockedBy } from './use-setting.ts';

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: Icon }[];
  readonly change: (value: T) => void;
  readonly lockedBy: LockedBy;
}

/** One of a few: buttons beside each other, moved between with the arrow keys. */
export function Choice<T extends string>({ label, value, options, change, lockedBy }: Props<T>) {
  const choose = (chosen: string) => {
    const option = options.find((each) => each.value === chosen);
    if (option) change(option.value);
  };
  return (
    <RadioGroup
      className="choice"
      value={value}
      onChange={choose}
      isDisabled={lockedBy !== null}
      orientation="horizontal"
    >
      <span className="choice-words">
        <Label className="settings-title">{label}</Label>
        <Locked by={lockedBy} />
      </span>
      <span className="choice-options">
        {options.map(({ value: each, label: name, icon: Icon }) => (
          <Radio key={each} value={each} className="choice-option">
            {Icon && <Icon size={18} aria-hidden />}
            {name}
          </Radio>
        ))}
      </span>
    </RadioGroup>
  );
}
