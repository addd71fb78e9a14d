import { IconButton } from '../../ui/button.tsx';
import { useStore } from '../../ui/store.ts';
import type { CallModel } from './call-model.ts';
import { WarningIcon, XIcon } from './icons.ts';
import { useCallWords } from './words.ts';

/** What is the matter with microphone and camera, and what to do about it; the call goes on meanwhile. */
export function TroubleNotice({ model }: { readonly model: CallModel }) {
  const t = useCallWords();
  const { microphone, camera } = useStore(model.state).trouble;
  if (!microphone && !camera) return null;
  const same = microphone === camera ? microphone : null;
  return (
    <div className="trouble" role="alert" data-region>
      <WarningIcon size={20} weight="fill" aria-hidden />
      <div>
        {same && <p>{t(`trouble.both.${same}`)}</p>}
        {!same && microphone && <p>{t(`trouble.microphone.${microphone}`)}</p>}
        {!same && camera && <p>{t(`trouble.camera.${camera}`)}</p>}
      </div>
      <IconButton label={t('common:close')} shortcut="Esc" icon={XIcon} onPress={model.dismissTrouble} />
    </div>
  );
}
