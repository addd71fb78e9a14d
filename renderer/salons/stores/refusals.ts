import type { Readable } from '../../ui/store.ts';
import type { Toasts } from '../../ui/toasts.tsx';
import type { CallAnswers } from './chat-store.ts';

/** Tells the caller who put the call off, each person once. @returns the way to stop */
export function tellRefusals(
  answers: Readable<CallAnswers | null>,
  toasts: Pick<Toasts, 'show'>,
): () => void {
  let told: { readonly salonId: string; readonly names: ReadonlySet<string> } | null = null;
  return answers.subscribe(() => {
    const now = answers.get();
    const before = told !== null && told.salonId === now?.salonId ? told.names : new Set<string>();
    told = now && { salonId: now.salonId, names: new Set(now.declinedBy) };
    for (const who of now?.declinedBy ?? []) {
      if (!before.has(who)) toasts.show('info', ({ t }) => t('calls:refused', { who }));
    }
  });
}
