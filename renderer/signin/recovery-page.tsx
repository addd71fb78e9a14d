import { useWords } from '../i18n/index.ts';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { CodeEntry } from './code-entry.tsx';
import { CodeSetup } from './code-setup.tsx';
import { Entrance } from './entrance.tsx';

/** The recovery code: made on the first device, asked for on the next. */
export function RecoveryPage({ need }: { readonly need: 'needs-setup' | 'needs-code' }) {
  return <Entrance>{need === 'needs-setup' ? <CodeSetup /> : <CodeEntry />}</Entrance>;
}

/** Between the password and the salons. */
export function PreparingPage() {
  const { t } = useWords();
  return (
    <Entrance>
      <div className="entrance-step">
        <h1>{t('signin:preparing')}</h1>
        <SkeletonRows rows={4} />
      </div>
    </Entrance>
  );
}
