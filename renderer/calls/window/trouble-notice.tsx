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
  return (
    <div className="trouble" role="alert">
      <WarningIcon size={20} weight="fill" aria-hidden />
      <div>
        {microphone && <p>{t(`trouble.microphone.${microphone}`)}</p>}
        {camera && <p>{t(`trouble.camera.${camera}`)}</p>}
      </div>
      <IconButton label={t('common:close')} shortcut="Esc" icon={XIcon} onPress={model.dismissTrouble} />
    </div>
  );
}
