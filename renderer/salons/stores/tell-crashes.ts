import type { AppBridge } from '../../bridge.ts';
import type { Toasts } from '../../ui/toasts.tsx';
import type { Navigation } from './navigation.ts';

interface Needs {
  readonly diagnostics: AppBridge['diagnostics'];
  readonly toasts: Toasts;
  readonly navigation: Navigation;
  readonly productName: string;
}

/** Says that something stopped by itself, the last time or now, and offers the diagnostics; each stop is told once. */
export async function tellCrashes({ diagnostics, toasts, navigation, productName }: Needs): Promise<void> {
  const state = await diagnostics.state();
  if (!state.ok || state.value.unseen === 0) return;
  const { crashes, unseen } = state.value;
  const told = crashes.slice(-unseen);
  const part = (told.find((crash) => crash.part === 'program') ?? told.at(-1))?.part ?? 'program';
  toasts.show(
    'bad',
    ({ t }) =>
      part === 'program'
        ? t('diagnostics:crashes.offer', { productName })
        : t('diagnostics:crashes.offerPart', { part: t(`diagnostics:crashes.part.${part}`) }),
    'crash',
    {
      label: ({ t }) => t('diagnostics:crashes.show'),
      act: () => navigation.goTo('diagnostics'),
    },
  );
  await diagnostics.dismissCrashes();
}
