import { useStore } from '../../ui/store.ts';
import type { CallModel } from './call-model.ts';
import { myself } from './call-state.ts';
import { Control } from './control.tsx';
import {
  HandIcon,
  MicrophoneIcon,
  MicrophoneSlashIcon,
  MonitorArrowUpIcon,
  PhoneDisconnectIcon,
  UsersIcon,
  VideoCameraIcon,
  VideoCameraSlashIcon,
} from './icons.ts';
import { useCallWords } from './words.ts';

interface Props {
  readonly model: CallModel;
}

/** What the person does in the call: the bar at the bottom. */
export function Controls({ model }: Props) {
  const t = useCallWords();
  const { compact } = useStore(model.state);
  return (
    <footer className="controls" data-region aria-label={t('controls')}>
      <MicrophoneControl model={model} />
      <CameraControl model={model} />
      {!compact && <SharingControl model={model} />}
      {!compact && <HandControl model={model} />}
      {!compact && <PeopleControl model={model} />}
      <Control
        icon={PhoneDisconnectIcon}
        tone="leave"
        label={t('leave')}
        long={t('leaveLong')}
        onPress={model.leave}
      />
    </footer>
  );
}

function MicrophoneControl({ model }: Props) {
  const t = useCallWords();
  const on = useStore(model.state).on.microphone;
  return (
    <Control
      icon={on ? MicrophoneIcon : MicrophoneSlashIcon}
      tone={on ? 'plain' : 'off'}
      label={t(on ? 'microphone.on' : 'microphone.off')}
      long={t(on ? 'microphone.toOff' : 'microphone.toOn')}
      shortcut="Control+D"
      onPress={() => model.toggle('microphone')}
    />
  );
}

function CameraControl({ model }: Props) {
  const t = useCallWords();
  const on = useStore(model.state).on.camera;
  return (
    <Control
      icon={on ? VideoCameraIcon : VideoCameraSlashIcon}
      tone={on ? 'plain' : 'off'}
      label={t(on ? 'camera.on' : 'camera.off')}
      long={t(on ? 'camera.toOff' : 'camera.toOn')}
      shortcut="Control+E"
      onPress={() => model.toggle('camera')}
    />
  );
}

function SharingControl({ model }: Props) {
  const t = useCallWords();
  const { sharing, stage } = useStore(model.state);
  return (
    <Control
      icon={MonitorArrowUpIcon}
      tone={sharing ? 'on' : 'plain'}
      label={t(sharing ? 'share.stop' : 'share.start')}
      long={t(sharing ? 'share.stopLong' : 'share.startLong')}
      disabled={stage.name !== 'joined'}
      onPress={model.toggleSharing}
    />
  );
}

function HandControl({ model }: Props) {
  const t = useCallWords();
  const state = useStore(model.state);
  const up = myself(state)?.handUp ?? false;
  return (
    <Control
      icon={HandIcon}
      tone={up ? 'on' : 'plain'}
      label={t(up ? 'hand.down' : 'hand.up')}
      long={t(up ? 'hand.downLong' : 'hand.upLong')}
      disabled={state.stage.name !== 'joined'}
      onPress={model.toggleHand}
    />
  );
}

function PeopleControl({ model }: Props) {
  const t = useCallWords();
  const { people, pane, stage } = useStore(model.state);
  const open = pane === 'people';
  const label = people.length === 0 ? t('people.none') : t('common:people', { count: people.length });
  return (
    <Control
      icon={UsersIcon}
      tone={open ? 'on' : 'plain'}
      label={label}
      long={t(open ? 'people.hideLong' : 'people.showLong', { people: label })}
      expanded={open}
      disabled={stage.name !== 'joined'}
      onPress={() => model.showPane(open ? 'none' : 'people')}
    />
  );
}
