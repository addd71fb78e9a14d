import type { FolderEntry } from '../../preload/contract/files.ts';
import { CloudIcon } from '../ui/icons.ts';
import { StateIcon, type Tone } from '../ui/notice.tsx';

const TONES: Readonly<Record<Exclude<FolderEntry['state'], 'online-only'>, Tone>> = {
  synced: 'ok',
  uploading: 'busy',
  downloading: 'busy',
  waiting: 'wait',
  'left-out': 'wait',
  problem: 'warn',
  conflict: 'warn',
};

interface Props {
  readonly state: FolderEntry['state'];
  /** Where no word stands beside it. */
  readonly label?: string;
}

/** The icon of a file's or folder's state. */
export function EntryStateIcon({ state, label }: Props) {
  if (state !== 'online-only') return <StateIcon tone={TONES[state]} {...(label ? { label } : {})} />;
  return (
    <span className="state-icon tone-wait" {...(label ? { role: 'img', 'aria-label': label } : {})}>
      <CloudIcon size={18} aria-hidden />
    </span>
  );
}

/** The tone of a state, for the word beside its icon. */
export function entryTone(state: FolderEntry['state']): Tone {
  return state === 'online-only' ? 'wait' : TONES[state];
}
