/* The icons of the call window, each by its own file (see ui/icons.ts). */
export { AppWindowIcon } from '@phosphor-icons/react/dist/csr/AppWindow';
export { CornersInIcon } from '@phosphor-icons/react/dist/csr/CornersIn';
export { CornersOutIcon } from '@phosphor-icons/react/dist/csr/CornersOut';
export { HandIcon } from '@phosphor-icons/react/dist/csr/Hand';
export { MicrophoneIcon } from '@phosphor-icons/react/dist/csr/Microphone';
export { MicrophoneSlashIcon } from '@phosphor-icons/react/dist/csr/MicrophoneSlash';
export { MonitorArrowUpIcon } from '@phosphor-icons/react/dist/csr/MonitorArrowUp';
export { PhoneDisconnectIcon } from '@phosphor-icons/react/dist/csr/PhoneDisconnect';
export { SpeakerHighIcon } from '@phosphor-icons/react/dist/csr/SpeakerHigh';
export { VideoCameraSlashIcon } from '@phosphor-icons/react/dist/csr/VideoCameraSlash';
export {
  ChatsIcon,
  type Icon,
  MonitorIcon,
  UsersIcon,
  VideoCameraIcon,
  WarningIcon,
  XIcon,
} from '../../ui/icons.ts';
