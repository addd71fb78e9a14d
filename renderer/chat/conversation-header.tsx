import { useWords } from '../i18n/index.ts';
import { saidOf } from '../i18n/said-of.ts';
import type { SalonSummary } from '../matrix/protocol.ts';
import { folderState } from '../salons/folder-state.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import type { SideTab } from '../salons/stores/navigation.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useCall } from '../salons/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import {
  ArrowLeftIcon,
  FolderOpenIcon,
  LockIcon,
  LockOpenIcon,
  PhoneIcon,
  UsersIcon,
  WarningIcon,
} from '../ui/icons.ts';
import { useSelected, useStore } from '../ui/store.ts';
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
      <FolderButton salonId={salon.id} />
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

interface SideButtonProps {
  readonly tab: Exclude<SideTab, 'board'>;
  /** What waits for the person there; the button carries a mark. */
  readonly trouble?: string | null;
}

function SideButton({ tab, trouble = null }: SideButtonProps) {
  const words = useWords();
  const { t } = words;
  const { navigation } = useWorkspace();
  const { sideOpen, sideTab } = useStore(navigation.place);
  const shown = sideOpen && sideTab === tab;
  const name = t(tab === 'folder' ? 'chat:showFolder' : 'chat:showMembers');
  return (
    <span className="conversation-side">
      <IconButton
        icon={tab === 'folder' ? FolderOpenIcon : UsersIcon}
        label={trouble === null ? name : saidOf(name, trouble, words)}
        tone={shown ? 'on' : 'quiet'}
        filled={shown}
        className="conversation-side-button"
        aria-expanded={shown}
        onPress={() => navigation.toggleSide(tab)}
      />
      {trouble !== null && !shown && (
        <WarningIcon size={16} weight="fill" className="side-trouble" aria-hidden />
      )}
    </span>
  );
}

/** The folder's button says what is wrong there: where the window is small the side itself is out of sight. */
function FolderButton({ salonId }: { readonly salonId: string }) {
  const words = useWords();
  const { account, folders } = useWorkspace();
  const folder = useSelected(folders.overview, () => folders.folder(salonId));
  const ended = useSelected(account, ({ files }) => files.status === 'expired');
  if (ended) return <SideButton tab="folder" trouble={words.t('files:state.signed-out')} />;
  const state = folder && folderState(folder, words);
  const isTroubled = state?.tone === 'warn' || state?.tone === 'bad';
  return <SideButton tab="folder" trouble={isTroubled ? state.title : null} />;
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
