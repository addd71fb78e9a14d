import { useWords } from '../i18n/index.ts';
import type { SalonSummary } from '../matrix/protocol.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import type { SideTab } from '../salons/stores/navigation.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useCall } from '../salons/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ArrowLeftIcon, FolderOpenIcon, LockIcon, LockOpenIcon, PhoneIcon, UsersIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { SalonMenu } from './salon-menu.tsx';

/** The salon's name, who is in it, and its two other rooms: folder and call. */
export function ConversationHeader({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const layout = useStore(navigation.layout);
  return (
    <header className="conversation-head">
      {layout === 'narrow' && (
        <IconButton icon={ArrowLeftIcon} label={t('chat:backToList')} onPress={navigation.showList} />
      )}
      <SalonAvatar salon={salon} />
      <div className="conversation-head-words">
        <h1>
          <span className="cut" title={salon.name}>
            {salon.name}
          </span>
          <Protected encrypted={salon.encrypted} />
        </h1>
        <People salon={salon} />
      </div>
      <SalonMenu salon={salon} />
      <SideButton tab="members" />
      <SideButton tab="folder" />
      <CallButton salon={salon} />
    </header>
  );
}

function Protected({ encrypted }: { readonly encrypted: boolean }) {
  const { t } = useWords();
  const Icon = encrypted ? LockIcon : LockOpenIcon;
  return (
    <span
      role="img"
      aria-label={t(encrypted ? 'salons:encrypted' : 'salons:notEncrypted')}
      className="conversation-lock"
      title={t(encrypted ? 'salons:encrypted' : 'salons:notEncrypted')}
    >
      <Icon size={15} weight="fill" aria-hidden />
    </span>
  );
}

function People({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { chat } = useWorkspace();
  const details = useStore(chat.details);
  const joined = details?.members.filter((member) => member.membership === 'joined') ?? [];
  const partners = joined.filter((member) => member.partnerOf !== null).length;
  const people = t('common:people', { count: details ? joined.length : salon.memberCount });
  return (
    <p className="secondary cut">
      {partners > 0 ? t('chat:peopleWithPartners', { people, count: partners }) : people}
    </p>
  );
}

function SideButton({ tab }: { readonly tab: Exclude<SideTab, 'board'> }) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const { sideOpen, sideTab } = useStore(navigation.place);
  const shown = sideOpen && sideTab === tab;
  return (
    <IconButton
      icon={tab === 'folder' ? FolderOpenIcon : UsersIcon}
      label={t(tab === 'folder' ? 'chat:showFolder' : 'chat:showMembers')}
      tone={shown ? 'on' : 'quiet'}
      filled={shown}
      className="conversation-side-button"
      aria-expanded={shown}
      onPress={() => navigation.toggleSide(tab)}
    />
  );
}

function CallButton({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { chat } = useWorkspace();
  const { ongoing, state, callOrJoin } = useCall(salon.id);
  const mayCall = useStore(chat.details)?.may.call ?? true;
  const others = ongoing !== null && ongoing.people.length > 0;
  const label = t(state === 'in' ? 'chat:call.show' : others ? 'chat:call.join' : 'chat:call.start');
  return (
    <Button
      tone={others || state === 'in' ? 'ok' : 'primary'}
      icon={PhoneIcon}
      filled
      className="call-button"
      aria-label={label}
      isDisabled={state === 'starting' || (!mayCall && !ongoing)}
      onPress={() => void callOrJoin()}
    >
      {label}
    </Button>
  );
}
