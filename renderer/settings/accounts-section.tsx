import type { ListedAccount } from '../../preload/contract/accounts.ts';
import { useWords } from '../i18n/index.ts';
import { AccountAvatar } from '../salons/account-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { addressOf } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { PlusIcon, UsersIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { Locked } from './locked.tsx';
import { Row, Section } from './section.tsx';

/** The accounts of this PC, once there are several, and the way to one more. */
export function AccountsSection() {
  const { t } = useWords();
  const { accounts } = useWorkspace();
  const { accounts: all, mayAdd } = useStore(accounts.list);
  return (
    <Section title={t('settings:accounts.title')}>
      {all.length > 1 && all.map((account) => <AccountRow key={account.id} account={account} />)}
      <Row
        icon={<UsersIcon size={22} aria-hidden />}
        title={t('settings:accounts.addTitle')}
        hint={
          <>
            {t('settings:accounts.about')}
            <Locked by={mayAdd ? null : 'machine'} />
          </>
        }
        actions={
          <Button icon={PlusIcon} isDisabled={!mayAdd} onPress={() => void accounts.add()}>
            {t('settings:accounts.add')}
          </Button>
        }
      />
    </Section>
  );
}

function AccountRow({ account }: { readonly account: ListedAccount }) {
  const { t } = useWords();
  const { accounts } = useWorkspace();
  const { id, user, server, isShown, mustSignIn } = account;
  const address = addressOf(user);
  const name = account.name ?? address;
  return (
    <Row
      icon={<AccountAvatar account={account} size={44} />}
      title={name}
      hint={
        <>
          <span className="settings-path">{address === name ? server : address}</span>
          {mustSignIn && <p>{t('settings:accounts.mustSignIn')}</p>}
        </>
      }
      actions={
        isShown ? (
          <span className="settings-hint">{t('settings:accounts.shown')}</span>
        ) : (
          <Button
            aria-label={t('settings:accounts.showName', { name })}
            onPress={() => void accounts.show(id)}
          >
            {t('settings:accounts.show')}
          </Button>
        )
      }
    />
  );
}
