import { useEffect } from 'react';
import { useWords } from '../i18n/index.ts';
import type { SalonSummary } from '../matrix/protocol.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import type { PastCall } from '../salons/stores/call-log.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useBrand } from '../salons/use-brand.ts';
import { useCall } from '../salons/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Empty } from '../ui/empty.tsx';
import {
  ChatsIcon,
  type Icon,
  PhoneIcon,
  PhoneIncomingIcon,
  PhoneOutgoingIcon,
  PhoneXIcon,
  VideoCameraIcon,
} from '../ui/icons.ts';
import { Page } from '../ui/page.tsx';
import { useStore } from '../ui/store.ts';
import './calls.css';

/** Calls that go on now, and those that were: missed ones first to be seen. */
export function CallsPage() {
  const { t } = useWords();
  const { chat, calls } = useWorkspace();
  const title = useBrand().module('calls');
  const list = useStore(chat.list);
  const past = useStore(calls.log.calls);
  useEffect(() => {
    if (past.some((call) => call.fresh)) calls.log.seen();
  }, [calls.log, past]);
  const now = list?.salons.filter((salon) => salon.call !== null) ?? [];
  return (
    <Page title={title} subtitle={<p className="secondary">{t('calls:subtitle')}</p>} className="calls-body">
      {now.length > 0 && (
        <section>
          <h2>{t('calls:now')}</h2>
          <ul className="call-list">
            {now.map((salon) => (
              <OngoingRow key={salon.id} salon={salon} />
            ))}
          </ul>
        </section>
      )}
      {past.length > 0 && (
        <section>
          <h2>{t('calls:past')}</h2>
          <ul className="call-list">
            {past.map((call) => (
              <PastRow key={call.id} call={call} />
            ))}
          </ul>
        </section>
      )}
      {now.length + past.length === 0 && <NoCall />}
    </Page>
  );
}

function NoCall() {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <Empty
      icon={VideoCameraIcon}
      title={t('calls:none.title')}
      actions={<Button onPress={() => navigation.goTo('salons')}>{t('calls:none.action')}</Button>}
    >
      <p>{t('calls:none.text')}</p>
    </Empty>
  );
}

function OngoingRow({ salon }: { readonly salon: SalonSummary }) {
  const { t, format } = useWords();
  const { calls } = useWorkspace();
  const { ongoing, state, callOrJoin } = useCall(salon.id);
  return (
    <li className="call-row call-row-now">
      <SalonAvatar salon={salon} />
      <div className="call-row-words">
        <p className="call-row-name cut">{salon.name}</p>
        <p className="secondary cut">{ongoing ? format.list(ongoing.people) : ''}</p>
      </div>
      {state === 'in' && <Button onPress={() => calls.leave(salon.id)}>{t('calls:leave')}</Button>}
      <Button
        tone="ok"
        icon={PhoneIcon}
        filled
        isDisabled={state === 'starting'}
        onPress={() => void callOrJoin()}
      >
        {t(state === 'in' ? 'chat:call.show' : 'chat:call.join')}
      </Button>
    </li>
  );
}

const ICONS: Readonly<Record<PastCall['kind'], Icon>> = {
  made: PhoneOutgoingIcon,
  answered: PhoneIncomingIcon,
  missed: PhoneXIcon,
  declined: PhoneXIcon,
};

function PastRow({ call }: { readonly call: PastCall }) {
  const { t, format } = useWords();
  const { chat, clock, navigation } = useWorkspace();
  const now = useStore(clock.minute);
  const { callOrJoin, state } = useCall(call.salonId);
  const KindIcon = ICONS[call.kind];
  const known = chat.salon(call.salonId) !== null;
  return (
    <li className={cx('call-row', call.kind === 'missed' && 'call-row-missed')}>
      <span className="call-row-icon" aria-hidden>
        <KindIcon size={20} />
      </span>
      <div className="call-row-words">
        <p className="call-row-name cut">{call.salonName}</p>
        <p className="secondary cut">
          {call.callerName === null
            ? t('calls:kind.made')
            : t(`calls:kind.${call.kind}`, { caller: call.callerName })}
        </p>
      </div>
      <span className="least figures">{format.relative(call.at, now)}</span>
      {known && (
        <>
          <IconButton
            icon={ChatsIcon}
            label={t('calls:open')}
            onPress={() => navigation.openSalon(call.salonId)}
          />
          <IconButton
            icon={PhoneIcon}
            label={t('calls:callBack', { name: call.salonName })}
            isDisabled={state !== 'out'}
            onPress={() => void callOrJoin()}
          />
        </>
      )}
    </li>
  );
}
