import { Input, Label, NumberField } from 'react-aria-components';
import type { Settings, SpeedLimit } from '../../preload/contract/settings.ts';
import { useWords } from '../i18n/index.ts';
import { Choice } from './choice.tsx';
import { choiceOf, type LimitChoice, limitOf, offeredShares } from './speed-limits.ts';
import { useSetting } from './use-setting.ts';

type Limits = { [K in keyof Settings]: Settings[K] extends SpeedLimit ? K : never }[keyof Settings];

const SLOWEST = 10;
const FASTEST = 1_000_000;

/** How fast files may go in one direction: freely, a share of the line, or at a speed of the person's own. */
export function SpeedLimitRow({ setting, label }: { readonly setting: Limits; readonly label: string }) {
  const { t, format } = useWords();
  const { value: limit, lockedBy, change } = useSetting(setting);
  const share = (percent: number): { value: LimitChoice; label: string } => ({
    value: `${percent}%`,
    label: format.percent(percent / 100),
  });
  return (
    <div className="speed-limit">
      <Choice<LimitChoice>
        label={label}
        value={choiceOf(limit)}
        change={(choice) => change(limitOf(choice, limit))}
        lockedBy={lockedBy}
        options={[
          { value: 'none', label: t('settings:files.unlimited') },
          ...offeredShares(limit).map(share),
          { value: 'fixed', label: t('settings:files.fixed') },
        ]}
      />
      {limit.kind === 'share' && <p className="settings-hint">{t('settings:files.shareHint')}</p>}
      {limit.kind === 'fixed' && (
        <NumberField
          className="speed-field"
          // Two fields of this page have the same words beside them.
          aria-label={label}
          value={limit.kilobytesPerSecond}
          minValue={SLOWEST}
          maxValue={FASTEST}
          isDisabled={lockedBy !== null}
          onChange={(kilobytesPerSecond) => change({ kind: 'fixed', kilobytesPerSecond })}
        >
          <Label>{t('settings:files.speed')}</Label>
          <Input className="field-input" />
        </NumberField>
      )}
    </div>
  );
}
