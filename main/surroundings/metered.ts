import { type AskSystem, powershell, type SystemProgram } from './ask-system.ts';

const NETWORK_MANAGER = 'org.freedesktop.NetworkManager';
const NETWORK_MANAGER_PATH = '/org/freedesktop/NetworkManager';

/** Two ways to the same property: one of them is on nearly every desktop. */
const LINUX: readonly SystemProgram[] = [
  {
    file: 'busctl',
    args: ['get-property', NETWORK_MANAGER, NETWORK_MANAGER_PATH, NETWORK_MANAGER, 'Metered'],
  },
  {
    file: 'gdbus',
    args: [
      'call',
      '--system',
      '--dest',
      NETWORK_MANAGER,
      '--object-path',
      NETWORK_MANAGER_PATH,
      '--method',
      'org.freedesktop.DBus.Properties.Get',
      NETWORK_MANAGER,
      'Metered',
    ],
  },
];

const NETWORK_INFORMATION = 'Windows.Networking.Connectivity.NetworkInformation';

const WINDOWS = powershell(
  [
    `[void][${NETWORK_INFORMATION},Windows,ContentType=WindowsRuntime]`,
    `$line = [${NETWORK_INFORMATION}]::GetInternetConnectionProfile()`,
    'if ($line) { $cost = $line.GetConnectionCost(); "$($cost.NetworkCostType) $($cost.Roaming)" }',
  ].join('; '),
);

/**
 * Whether the line is paid by what passes, as the system knows it; false where it does not tell: macOS, and Linux without
 * NetworkManager.
 */
export async function isMetered(platform: NodeJS.Platform, ask: AskSystem): Promise<boolean> {
  if (platform === 'win32') return isCostly((await ask(WINDOWS)) ?? '');
  if (platform !== 'linux') return false;
  for (const program of LINUX) {
    const said = await ask(program);
    if (said !== null) return isCountedByNetworkManager(said);
  }
  return false;
}

/** NMMetered: 1 is yes and 3 a guess that it is, which programs are told to treat alike. Said as `u 4` or `(<uint32 4>,)`. */
function isCountedByNetworkManager(said: string): boolean {
  const value = /^u (\d)\s*$/.exec(said) ?? /^\(<uint32 (\d)>,\)\s*$/.exec(said);
  return value?.[1] === '1' || value?.[1] === '3';
}

/** NetworkCostType: Unrestricted and Unknown are free, Fixed and Variable are not; roaming never is. */
function isCostly(said: string): boolean {
  return /^(?:Fixed|Variable)\b|\bTrue\s*$/.test(said.trim());
}
