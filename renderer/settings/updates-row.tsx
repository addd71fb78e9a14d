import type { UpdateState } from '../../preload/contract/updates.ts';
import { useWords, type Words } from '../i18n/index.ts';
import type { UpdatesStore } from '../salons/stores/updates-store.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ArrowsClockwiseIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { Row } from './section.tsx';

/** Whether there is a newer version of the program, and what can be done about it. */
export function UpdatesRow() {
  const words = useWords();
  const { updates } = useWorkspace();
  const state = useStore(updates.state);
  if (state === null) return null;
  const { title, hint } = wordsFor(state, words);
  return (
    <Row
      icon={<ArrowsClockwiseIcon size={22} aria-hidden />}
      title={<span role="status">{title}</span>}
      hint={hint}
      actions={<Act state={state} updates={updates} />}
    />
  );
}

function Act({ state, updates }: { readonly state: UpdateState; readonly updates: UpdatesStore }) {
  const { t } = useWords();
  switch (state.status) {
    case 'current':
    case 'failed':
      return <Button onPress={updates.look}>{t('settings:updates.look')}</Button>;
    case 'offered':
      return (
        <Button tone="primary" onPress={updates.fetch}>
          {t('settings:updates.fetch')}
        </Button>
      );
    case 'ready':
      return (
        <Button tone="primary" onPress={() => void updates.install()}>
          {t('settings:updates.install')}
        </Button>
      );
    case 'off':
    case 'looking':
    case 'fetching':
      return null;
  }
}

function wordsFor(state: UpdateState, { t, format }: Words): { title: string; hint?: string } {
  switch (state.status) {
    case 'off':
      return { title: t('settings:updates.off.title'), hint: t(`settings:updates.off.${state.why}`) };
    case 'current':
      return {
        title: t('settings:updates.current'),
        ...(state.lookedAt === null
          ? {}
          : { hint: t('settings:updates.lookedAt', { time: format.full(state.lookedAt) }) }),
      };
    case 'looking':
      return { title: t('settings:updates.looking') };
    case 'offered':
      return {
        title: t('settings:updates.offered', { version: state.version }),
        hint: t('settings:updates.offeredHint'),
      };
    case 'fetching':
      return {
        title: t('settings:updates.fetching', { version: state.version }),
        hint: t('settings:updates.percent', { percent: format.percent(state.percent / 100) }),
      };
    case 'ready':
      return {
        title: t('settings:updates.ready', { version: state.version }),
        hint: t('settings:updates.readyHint'),
      };
    case 'failed':
      return { title: t('settings:updates.failed.title'), hint: t(`settings:updates.failed.${state.why}`) };
  }
}
