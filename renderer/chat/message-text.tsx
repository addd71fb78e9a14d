import { useMemo, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { TimelineContent } from '../matrix/protocol.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { withLinks } from './links.tsx';
import { richText } from './rich-text.tsx';
import './message-text.css';

/** Longer messages are folded: a log someone pasted must not push the conversation away. */
const FOLD_CHARACTERS = 2500;
const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*\s*){1,6}$/u;

type Text = Extract<TimelineContent, { kind: 'text' }>;

/** The words of a message, with safe links and formatting. */
export function MessageText({ content, edited }: { readonly content: Text; readonly edited: boolean }) {
  const { t } = useWords();
  const [unfolded, setUnfolded] = useState(false);
  const long = content.text.length > FOLD_CHARACTERS;
  const folded = long && !unfolded;
  const shown = useMemo(() => {
    if (folded) return withLinks(content.text.slice(0, FOLD_CHARACTERS));
    return content.html === null ? withLinks(content.text) : richText(content.html);
  }, [content, folded]);
  const plain = folded || content.html === null;
  return (
    <div
      className={cx(
        'text',
        plain && 'text-plain',
        content.notice && 'text-notice',
        ONLY_EMOJI.test(content.text) && 'text-emoji',
      )}
    >
      {shown}
      {folded && '…'}
      {edited && <span className="least text-edited"> {t('chat:edited')}</span>}
      {content.cut && !folded && <p className="least">{t('chat:cut')}</p>}
      {long && (
        <Button tone="quiet" className="text-fold" onPress={() => setUnfolded(!unfolded)}>
          {unfolded ? t('chat:fold') : t('chat:unfold')}
        </Button>
      )}
    </div>
  );
}
