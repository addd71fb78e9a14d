import type { Settings } from '../../preload/contract/settings.ts';
import { SwitchRow } from '../ui/switch-row.tsx';
import { Locked } from './locked.tsx';
import { useSetting } from './use-setting.ts';

type OnOff = { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

interface Props {
  readonly setting: OnOff;
  readonly label: string;
  readonly hint: string;
}

/** A setting that is on or off. */
export function SettingSwitch({ setting, label, hint }: Props) {
  const { value, lockedBy, change } = useSetting(setting);
  return (
    <SwitchRow
      label={label}
      hint={
        <>
          {hint}
          <Locked by={lockedBy} />
        </>
      }
      selected={value}
      onChange={change}
      disabled={lockedBy !== null}
    />
  );
}
