import { Trans } from 'react-i18next';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useStore } from '../../ui/store.ts';
import type { CallModel } from './call-model.ts';
import { nameOf, useCallWords } from './words.ts';

/** Who waits to be let in: one at a time, in the order they knocked. */
export function LobbyBanner({ model }: { readonly model: CallModel }) {
  const t = useCallWords();
  const [first, ...others] = useStore(model.state).knocking;
  if (!first) return null;
  const name = nameOf(first, t);
  return (
    <section className="lobby" data-region aria-label={t('say.knock', { name })}>
      <Avatar name={name} seed={first.id} shape="person" size={32} />
      <div className="lobby-words">
        <p className="lobby-who">
          <Trans t={t} i18nKey="knock.waiting" values={{ name }} components={{ b: <strong /> }} />
        </p>
        <p className="least">
          {others.length > 0 ? t('knock.others', { count: others.length }) : t('knock.alone')}
        </p>
      </div>
      <Button aria-label={t('knock.refuseLong', { name })} onPress={() => model.answerKnock(first.id, false)}>
        {t('knock.refuse')}
      </Button>
      <Button
        tone="ok"
        aria-label={t('knock.admitLong', { name })}
        onPress={() => model.answerKnock(first.id, true)}
      >
        {t('knock.admit')}
      </Button>
    </section>
  );
}
