import { type ReactNode, useState } from 'react';
import type { ServiceAccess } from '../../preload/contract/accounts.ts';
import { useWords } from '../i18n/index.ts';
import { PersonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useBrand } from '../salons/use-brand.ts';
import { addressOf } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { ChatsIcon, FolderIcon, SignOutIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { Row, Section } from './section.tsx';
import { SignOutDialog } from './sign-out-dialog.tsx';

/** Who one is here, which servers one is connected to, and the way out. */
export function AccountSection() {
  const { t } = useWords();
  const { account } = useWorkspace();
  const { module } = useBrand();
  const { chat, files, secrets } = useStore(account);
  return (
    <Section title={t('settings:account.title')}>
      <Me />
      <Service
        icon={<ChatsIcon size={22} aria-hidden />}
        name={t('settings:account.chat')}
        access={chat}
        goal="chat"
      />
      <Service
        icon={<FolderIcon size={22} aria-hidden />}
        name={module('files')}
        access={files}
        goal="files"
      />
      {secrets === 'memory' && (
        <Notice tone="info" title={t('signin:memory.title')}>
          <p>{t('signin:memory.text')}</p>
        </Notice>
      )}
    </Section>
  );
}

function Me() {
  const { t } = useWords();
  const { chat, account } = useWorkspace();
  const [leaving, setLeaving] = useState(false);
  const self = useStore(chat.self);
  const { chat: access, files } = useStore(account);
  const address =
    access.status === 'none' ? (files.status === 'none' ? '' : files.user) : addressOf(access.user);
  return (
    <>
      <Row
        icon={self && <PersonAvatar person={self} size={44} />}
        title={self?.name ?? address}
        hint={self ? <span className="settings-path">{address}</span> : null}
        actions={
          <Button icon={SignOutIcon} onPress={() => setLeaving(true)}>
            {t('settings:signOut.open')}
          </Button>
        }
      />
      {leaving && <SignOutDialog onClose={() => setLeaving(false)} />}
    </>
  );
}

interface ServiceProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly access: ServiceAccess;
  readonly goal: 'chat' | 'files';
}

function Service({ icon, name, access, goal }: ServiceProps) {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <Row
      icon={icon}
      title={name}
      hint={
        access.status === 'none'
          ? t('settings:account.none')
          : t(`settings:account.${access.status}`, { host: new URL(access.serverUrl).host })
      }
      actions={
        access.status !== 'signed-in' && (
          <Button onPress={() => session.askToSignIn(goal)}>
            {t(access.status === 'none' ? 'settings:account.connect' : 'settings:account.reconnect')}
          </Button>
        )
      }
    />
  );
}
