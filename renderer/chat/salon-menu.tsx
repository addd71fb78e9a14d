import { useWords } from '../i18n/index.ts';
import type { SalonSummary } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { DotsThreeIcon, PushPinIcon, SignOutIcon, UserPlusIcon } from '../ui/icons.ts';
import { MenuButton, MenuItem } from '../ui/menu.tsx';
import { useStore } from '../ui/store.ts';

/** The rarer acts on a salon. */
export function SalonMenu({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { chat, navigation } = useWorkspace();
  const mayInvite = useStore(chat.details)?.may.invite ?? false;
  return (
    <MenuButton
      button={<IconButton icon={DotsThreeIcon} label={t('common:menu')} />}
      aria-label={t('common:menu')}
    >
      <MenuItem
        id="pin"
        icon={PushPinIcon}
        onAction={() => void chat.run('setPinned', { salonId: salon.id, pinned: !salon.pinned })}
      >
        {t(salon.pinned ? 'chat:menu.unpin' : 'chat:menu.pin')}
      </MenuItem>
      {mayInvite && (
        <MenuItem
          id="invite"
          icon={UserPlusIcon}
          onAction={() => navigation.ask({ kind: 'invite', salonId: salon.id })}
        >
          {t('chat:menu.invite')}
        </MenuItem>
      )}
      <MenuItem
        id="leave"
        icon={SignOutIcon}
        bad
        onAction={() => navigation.ask({ kind: 'leave', salonId: salon.id })}
      >
        {t('chat:menu.leave')}
      </MenuItem>
    </MenuButton>
  );
}
