import { useEffect, useState } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useStore } from '../../ui/store.ts';
import type { CallModel } from './call-model.ts';
import { ChatsIcon, CornersInIcon, CornersOutIcon } from './icons.ts';
import { runningTime, runningTimeCode } from './running-time.ts';
import { useCallWords } from './words.ts';

/** The top of the call window: which salon, for how long, and the ways out of the window. */
export function Header({ model }: { readonly model: CallModel }) {
  const t = useCallWords();
  const { stage, compact } = useStore(model.state);
  const { salonName, salonId, brand } = model.context;
  return (
    <header className="call-header" data-region>
      {!compact && <img className="call-mark" src={brand.logo} alt={brand.productName} draggable={false} />}
      <Avatar name={salonName} seed={salonId} shape="salon" size={32} />
      <h1 className="cut">{salonName}</h1>
      {stage.name === 'joined' && <RunningTime since={stage.since} />}
      <span className="call-header-gap" />
      {!compact && (
        <Button className="call-button" icon={ChatsIcon} onPress={model.showConversation}>
          {t('conversation')}
        </Button>
      )}
      <Button
        className="call-button"
        icon={compact ? CornersOutIcon : CornersInIcon}
        onPress={() => model.setCompact(!compact)}
      >
        {t(compact ? 'enlarge' : 'shrink')}
      </Button>
    </header>
  );
}

function RunningTime({ since }: { readonly since: number }) {
  const t = useCallWords();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      className="call-time figures"
      aria-label={t('runningSince')}
      dateTime={runningTimeCode(now - since)}
    >
      {runningTime(now - since)}
    </time>
  );
}
