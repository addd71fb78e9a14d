import type { FindingCode, SystemPanel } from '../../../preload/contract/diagnostics.ts';

/** What a person can do at once about a finding, beside trying again. */
export type Remedy =
  | { readonly act: 'sign-in'; readonly goal: 'chat' | 'files' }
  | { readonly act: 'system'; readonly panel: SystemPanel }
  | { readonly act: 'free-space' }
  | { readonly act: 'help' };

const signIn = (goal: 'chat' | 'files'): Remedy => ({ act: 'sign-in', goal });
const system = (panel: SystemPanel): Remedy => ({ act: 'system', panel });
const HELP: Remedy = { act: 'help' };
const FREE_SPACE: Remedy = { act: 'free-space' };

const REMEDIES: Readonly<Partial<Record<FindingCode, readonly Remedy[]>>> = {
  'chat-none': [signIn('chat')],
  'files-none': [signIn('files')],
  'chat-ended': [signIn('chat')],
  'files-ended': [signIn('files')],
  'calls-none': [HELP],
  'policy-wrong': [HELP],
  'policy-certificate-missing': [HELP],
  'policy-certificate-ended': [HELP],
  'policy-certificate-unusable': [HELP],
  late: [HELP],
  offline: [system('proxy')],
  'own-certificate': [HELP],
  'chat-unreachable': [HELP],
  'files-unreachable': [HELP],
  'calls-unreachable': [HELP],
  'chat-certificate': [system('clock'), HELP],
  'files-certificate': [system('clock'), HELP],
  'calls-certificate': [system('clock'), HELP],
  'chat-stranger': [HELP],
  'files-stranger': [HELP],
  'calls-stranger': [HELP],
  'microphone-none': [system('microphone')],
  'camera-none': [system('camera')],
  'microphone-forbidden': [system('microphone'), HELP],
  'camera-forbidden': [system('camera'), HELP],
  'proxy-unreachable': [system('proxy'), HELP],
  'proxy-sign-in': [system('proxy'), HELP],
  'clock-off': [system('clock')],
  'clock-wrong': [system('clock'), HELP],
  'disk-low': [FREE_SPACE, system('storage')],
  'disk-full': [FREE_SPACE, system('storage')],
  'disk-read-only': [HELP],
  failed: [HELP],
};

/** What this PC can offer: desktops of Linux have no common addresses of their settings, a brand may have no help page. */
interface Offers {
  readonly systemPanels: boolean;
  readonly help: boolean;
}

/** The acts for a finding, the most useful first. */
export function remediesOf(code: FindingCode, { systemPanels, help }: Offers): readonly Remedy[] {
  return (REMEDIES[code] ?? []).filter(
    ({ act }) => (act !== 'system' || systemPanels) && (act !== 'help' || help),
  );
}
