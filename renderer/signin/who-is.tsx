import { useWords } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';

interface Props {
  readonly user: string;
  readonly serverUrl: string;
  /** Back to the address; null where it can't be another. */
  readonly onChange: (() => void) | null;
}

/** Who is about to sign in, and where. */
export function WhoIs({ user, serverUrl, onChange }: Props) {
  const { t } = useWords();
  return (
    <div className="who-is">
      <Avatar name={user.replace(/^@/, '')} seed={user} shape="person" size={36} />
      <div className="who-is-words">
        <p className="cut who-is-name">{user}</p>
        <p className="least cut">{new URL(serverUrl).host}</p>
      </div>
      {onChange && (
        <Button tone="quiet" onPress={onChange}>
          {t('signin:change')}
        </Button>
      )}
    </div>
  );
}
