import { useWords } from '../../i18n/index.ts';
import type { SalonDetails, SalonSummary } from '../../matrix/protocol.ts';
import { Pill } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { UserPlusIcon } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useStore } from '../../ui/store.ts';
import { PersonAvatar } from '../salon-avatar.tsx';
import { useWorkspace } from '../stores/workspace-context.tsx';

type Member = SalonDetails['members'][number];

/** Who is in the salon: managers first, then by name; who was invited last. */
export function MembersPanel({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { chat, navigation } = useWorkspace();
  const details = useStore(chat.details);
  if (details?.salonId !== salon.id) return <SkeletonRows rows={5} avatar={36} />;
  return (
    <>
      <ul className="members">
        {inOrder(details.members).map((member) => (
          <MemberRow key={member.userId} member={member} />
        ))}
      </ul>
      {details.may.invite && (
        <div className="side-foot">
          <Button icon={UserPlusIcon} onPress={() => navigation.ask({ kind: 'invite', salonId: salon.id })}>
            {t('salons:members.invite')}
          </Button>
        </div>
      )}
    </>
  );
}

function MemberRow({ member }: { readonly member: Member }) {
  const { t } = useWords();
  const { chat } = useWorkspace();
  const self = useStore(chat.self);
  return (
    <li className="member">
      <PersonAvatar person={member} size={36} />
      <div className="member-words">
        <p className="member-name cut">
          {member.name}
          {member.userId === self?.userId && <span className="secondary"> {t('salons:members.you')}</span>}
        </p>
        <p className="least cut">
          {member.membership === 'invited' ? t('salons:members.invited') : t(`salons:members.${member.role}`)}
        </p>
      </div>
      {member.partnerOf !== null && <Pill>{member.partnerOf}</Pill>}
    </li>
  );
}

function inOrder(members: readonly Member[]): readonly Member[] {
  const rank = ({ membership, role }: Member) => (membership === 'invited' ? 2 : role === 'manager' ? 0 : 1);
  return members.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
