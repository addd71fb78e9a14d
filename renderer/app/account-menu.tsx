import type { ReactNode } from 'react';
import { useWords } from '../i18n/index.ts';
import { AccountAvatar } from '../salons/account-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { GearIcon, PlusIcon } from '../ui/icons.ts';
import { MenuButton, MenuChoice, MenuItem } from '../ui/menu.tsx';
import { useStore } from '../ui/store.ts';

/** The accounts of this PC, one of them shown: another one is shown with one click. `button` opens it. */
export function AccountMenu({ button }: { readonly button: ReactNode }) {
  const { t } = useWords();
  const { accounts, navigation } = useWorkspace();
  const { accounts: all, mayAdd } = useStore(accounts.list);
  const shown = all.flatMap(({ id, isShown }) => (isShown ? [id] : []));
  const choose = (key: string | number): void => {
    if (key === 'add') void accounts.add();
    else if (key === 'settings') navigation.goTo('settings');
    else if (!shown.includes(String(key))) void accounts.show(String(key));
  };
  return (
    <MenuButton
      button={button}
      placement="right bottom"
      aria-label={t('app:accounts.menu')}
      onAction={choose}
    >
      <MenuChoice label={t('app:accounts.menu')} chosen={shown}>
        {all.map((account) => (
          <MenuItem
            key={account.id}
            id={account.id}
            lead={<AccountAvatar account={account} size={32} />}
            hint={account.mustSignIn ? `${account.server}, ${t('app:accounts.mustSignIn')}` : account.server}
          >
            {account.name ?? account.user}
          </MenuItem>
        ))}
      </MenuChoice>
      {mayAdd && (
        <MenuItem id="add" icon={PlusIcon}>
          {t('settings:accounts.add')}
        </MenuItem>
      )}
      <MenuItem id="settings" icon={GearIcon}>
        {t('app:settings')}
      </MenuItem>
    </MenuButton>
  );
}
