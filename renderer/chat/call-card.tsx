import { useWords } from '../i18n/index.ts';
import type { TimelineContent } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useCall } from '../salons/use-call.ts';
import { Button } from '../ui/button.tsx';
import { PhoneIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { named } from './event-line.ts';
import './card.css';
import './call-card.css';

const MINUTE_MS = 60_000;

type Call = Extract<TimelineContent, { kind: 'call' }>;

/** A call in the conversation: green with who is there while it goes on, quiet once it is over. */
export function CallCard({
  salonId,
  content,
  at,
}: {
  readonly salonId: string;
  readonly content: Call;
  readonly at: number;
}) {
  const words = useWords();
  const { t, format } = words;
  const { clock } = useWorkspace();
  const now = useStore(clock.minute);
  const { ongoing, state, callOrJoin } = useCall(salonId);
  const live = !content.ended && ongoing?.widgetId === content.widgetId;
  if (!live || !ongoing) {
    return (
      <div className="card call-card-over">
        <span className="card-icon" aria-hidden>
          <PhoneIcon size={22} />
        </span>
        <div className="card-words">
          <p className="card-name">{t('chat:call.over')}</p>
          <p className="card-line figures">{format.relative(at, now)}</p>
        </div>
      </div>
    );
  }
  const minutes = Math.floor((now - ongoing.startedAt) / MINUTE_MS);
  const since = minutes > 0 ? format.duration(minutes * 60) : t('chat:call.justNow');
  return (
    <div className="card call-card">
      <span className="card-icon" aria-hidden>
        <PhoneIcon size={22} weight="fill" />
      </span>
      <div className="card-words">
        <p className="card-name">{t('salons:callGoesOn')}</p>
        <p className="card-line figures">
          {[named(ongoing.people, words), since].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className="card-actions">
        <Button
          tone="ok"
          icon={PhoneIcon}
          filled
          isDisabled={state === 'starting' || state === 'in'}
          onPress={() => void callOrJoin()}
        >
          {state === 'in' ? t('chat:call.youAreIn') : t('chat:call.join')}
        </Button>
      </div>
    </div>
  );
}
