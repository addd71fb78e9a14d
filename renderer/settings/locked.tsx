import { useWords } from '../i18n/index.ts';
import { useBrand } from '../salons/use-brand.ts';
import { LockIcon } from '../ui/icons.ts';
import type { LockedBy } from './use-setting.ts';

/** A lock and who decided, where a person can't change a value. */
export function Locked({ by }: { readonly by: LockedBy }) {
  const { t } = useWords();
  const { productName } = useBrand();
  if (by === null) return null;
  return (
    <span className="locked">
      <LockIcon size={16} weight="fill" aria-hidden />
      {t(`settings:locked.${by}`, { productName })}
    </span>
  );
}
