import { useLayoutEffect, useRef, useState } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import type { MediaRef, TimelineContent } from '../matrix/protocol.ts';
import type { Media } from '../salons/stores/media-store.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { DownloadSimpleIcon, FloppyDiskIcon, XIcon } from '../ui/icons.ts';
import { StateIcon } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { useStore } from '../ui/store.ts';
import { fetchLine, partFetched } from './fetch-line.ts';
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
  const shown = content.thumbnail ?? content.media;
  const picture = useStore(media.picture(shown, THUMBNAIL_PIXELS));
  const { width, height } = shownSize(content);
  const place = { width, aspectRatio: `${width} / ${height}` };
  return (
    <>
      {picture.state === 'ready' ? (
        <Pressable
          className="image"
          style={place}
          aria-label={t('chat:image.show', { name: content.name })}
          onPress={() => setLarge(true)}
        >
          <img src={picture.url} alt="" draggable={false} />
        </Pressable>
      ) : (
        <div className="image" style={isWaiting(picture) ? place : withRoom({ width, height })}>
          <NotThere picture={picture} media={shown} maxPixels={THUMBNAIL_PIXELS} name={content.name} />
        </div>
      )}
      {large && <LargeImage content={content} onClose={() => setLarge(false)} />}
    </>
  );
}

/** Words need more room than a small picture. */
function withRoom({ width, height }: ReturnType<typeof shownSize>): ReturnType<typeof shownSize> {
  return { width: Math.max(240, width), height: Math.max(112, height) };
}

/** Not worth a word yet. */
function isWaiting(picture: Media): boolean {
  return picture.state === 'loading' && picture.progress === null;
}

interface NotThereProps {
  readonly picture: Exclude<Media, { readonly state: 'ready' }>;
  readonly media: MediaRef;
  readonly maxPixels: number | null;
  readonly name: string;
}

/** In the place of a picture: that it comes and how far it is, or why it is not there and what to do. */
function NotThere({ picture, media: ref, maxPixels, name }: NotThereProps) {
  const words = useWords();
  const { t } = words;
  const { media } = useWorkspace();
  const own = useRef<HTMLDivElement>(null);
  useKeptFocus(own);
  if (isWaiting(picture)) return <span className="skeleton-block image-waiting" />;
  const progress = picture.state === 'loading' ? picture.progress : null;
  return (
    <div ref={own} className="image-absent">
      {progress && (
        <div className="image-coming">
          <p className="figures">{fetchLine(progress, words)}</p>
          <Progress part={partFetched(progress)} label={t('chat:fetch.label', { name })} />
        </div>
      )}
      {picture.state === 'failed' && (
        <p className="image-failed">
          <StateIcon tone="warn" />
          {t('chat:image.failed')}
        </p>
      )}
      {picture.state === 'loading' ? (
        <Button icon={XIcon} onPress={() => media.stopPicture(ref, maxPixels)}>
          {t('chat:fetch.stop')}
        </Button>
      ) : (
        <Button icon={DownloadSimpleIcon} onPress={() => media.fetchPicture(ref, maxPixels)}>
          {picture.state === 'failed' ? t('common:retry') : t('chat:fetch.picture')}
        </Button>
      )}
    </div>
  );
}

/** Whoever was in here is in the message, or the dialog, when this makes room for the picture. */
function useKeptFocus(own: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(
    () => () => {
      const element = own.current;
      if (element?.contains(document.activeElement))
        element.closest<HTMLElement>('[data-row], [role="dialog"]')?.focus();
    },
    [own],
  );
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
          <NotThere picture={picture} media={content.media} maxPixels={null} name={content.name} />
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

/** The size a picture is shown at: its own, no larger than the column allows; a 4:3 place where it is unknown. */
function shownSize({ width, height }: Image): { readonly width: number; readonly height: number } {
  if (!width || !height) return { width: 320, height: 240 };
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(32, Math.round(height * scale)) };
}
