import { useState } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import type { MediaRef, TimelineContent } from '../matrix/protocol.ts';
import type { Picture } from '../salons/stores/media-store.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FloppyDiskIcon } from '../ui/icons.ts';
import { StateIcon } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { FileCard } from './file-cards.tsx';
import { saveBlob } from './save-blob.ts';
import './image-message.css';

type Image = Extract<TimelineContent, { kind: 'image' }>;

const WIDEST = 420;
const TALLEST = 320;
/** Asked for at twice the size it is shown, for dense screens. */
const THUMBNAIL_PIXELS = WIDEST * 2;

/** A picture in the conversation; its place is kept while it comes, so that nothing jumps. A click shows it large. */
export function ImageMessage({ content }: { readonly content: Image }) {
  const { t } = useWords();
  const { media } = useWorkspace();
  const [large, setLarge] = useState(false);
  const picture = useStore(media.picture(content.thumbnail ?? content.media, THUMBNAIL_PIXELS));
  const { width, height } = shownSize(content);
  return (
    <>
      <Pressable
        className="image"
        style={{ width, aspectRatio: `${width} / ${height}` }}
        aria-label={t('chat:image.show', { name: content.name })}
        isDisabled={picture.state === 'failed'}
        onPress={() => setLarge(true)}
      >
        <Shown picture={picture} />
      </Pressable>
      {large && <LargeImage content={content} onClose={() => setLarge(false)} />}
    </>
  );
}

function Shown({ picture }: { readonly picture: Picture }) {
  const { t } = useWords();
  switch (picture.state) {
    case 'loading':
      return <span className="skeleton-block image-waiting" />;
    case 'ready':
      return <img src={picture.url} alt="" draggable={false} />;
    case 'failed':
      return (
        <span className="image-failed">
          <StateIcon tone="warn" />
          {t('chat:image.failed')}
        </span>
      );
  }
}

function LargeImage({ content, onClose }: { readonly content: Image; readonly onClose: () => void }) {
  const { t } = useWords();
  const { media } = useWorkspace();
  const picture = useStore(media.picture(content.media, null));
  return (
    <Dialog title={content.name} onClose={onClose} width={1000}>
      <div className="image-large">
        {picture.state === 'ready' ? (
          <img src={picture.url} alt={content.name} />
        ) : (
          <Shown picture={picture} />
        )}
      </div>
      <DialogActions>
        <Button onPress={onClose}>{t('common:close')}</Button>
        <Button
          icon={FloppyDiskIcon}
          isDisabled={picture.state !== 'ready'}
          onPress={() => picture.state === 'ready' && saveBlob(picture.blob, content.name)}
        >
          {t('common:save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type ChatFile = Extract<TimelineContent, { kind: 'file' }>;

/** A file that another client sent through the chat: lies on the chat server, not in the folder. */
export function ChatFileCard({ content }: { readonly content: ChatFile }) {
  const { t, format } = useWords();
  const { chat } = useWorkspace();
  const [state, setState] = useState<'idle' | 'fetching' | 'failed'>('idle');
  const save = async (media: MediaRef) => {
    setState('fetching');
    const outcome = await chat.run('media', { key: media.key });
    setState(outcome.ok ? 'idle' : 'failed');
    if (outcome.ok) saveBlob(outcome.value.blob, content.name);
  };
  const size = content.media.size === null ? null : format.size(content.media.size);
  const known = size === null ? t('chat:file.inChat') : t('chat:file.inChatSized', { size });
  return (
    <FileCard
      name={content.name}
      line={state === 'failed' ? t('chat:file.fetchFailed') : known}
      bad={state === 'failed'}
      {...(state === 'fetching' ? { part: null } : {})}
      actions={
        <Button
          icon={FloppyDiskIcon}
          isDisabled={state === 'fetching'}
          onPress={() => void save(content.media)}
        >
          {t('common:save')}
        </Button>
      }
    />
  );
}

/** The size a picture is shown at: its own, no larger than the column allows; a 4:3 place where it is unknown. */
function shownSize({ width, height }: Image): { readonly width: number; readonly height: number } {
  if (!width || !height) return { width: 320, height: 240 };
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(32, Math.round(height * scale)) };
}
