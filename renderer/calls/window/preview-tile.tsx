import { useEffect, useRef } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { useStore } from '../../ui/store.ts';
import type { CallModel } from './call-model.ts';
import { useCallWords } from './words.ts';

/** What the person sees while the conference loads: themselves, and how they will go in. */
export function PreviewTile({ model }: { readonly model: CallModel }) {
  const t = useCallWords();
  const stream = useStore(model.preview.stream);
  const { on } = useStore(model.state);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <div className="preview">
      {stream ? (
        <video ref={video} className="preview-video" autoPlay playsInline muted aria-hidden />
      ) : (
        <Avatar name={model.context.displayName} seed={model.context.displayName} shape="person" size={112} />
      )}
      <output className="preview-words">
        <span className="preview-title">{t('connecting')}</span>
        <span className="secondary">{t(on.microphone ? 'connectingHint' : 'connectingMuted')}</span>
      </output>
    </div>
  );
}
