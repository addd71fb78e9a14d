import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings } from '../files/protocol.ts';
import { errnoOf } from '../store/errno.ts';
import { type AskSystem, powershell, type SystemProgram } from './ask-system.ts';

type Power = Surroundings['power'];

const MAINS: Power = { kind: 'mains' };
const LINUX_SUPPLIES = '/sys/class/power_supply';

const LEVELS: Readonly<Partial<Record<NodeJS.Platform, SystemProgram>>> = {
  win32: powershell('(Get-CimInstance Win32_Battery).EstimatedChargeRemaining'),
  darwin: { file: 'pmset', args: ['-g', 'batt'] },
};

/** What tells about power. */
export interface PowerSources {
  readonly platform: NodeJS.Platform;
  /** Electron's word, which it has on Windows and macOS. */
  readonly isOnBattery: () => boolean;
  readonly ask: AskSystem;
  /** Where Linux shows its power supplies. */
  readonly supplies?: string;
}

/** What the computer runs on; on mains where the system does not tell. */
export async function powerNow(sources: PowerSources): Promise<Power> {
  if (sources.platform === 'linux') return linuxPower(sources.supplies ?? LINUX_SUPPLIES);
  if (!sources.isOnBattery()) return MAINS;
  const program = LEVELS[sources.platform];
  const said = program && (await sources.ask(program));
  return onBattery(/(\d{1,3})\s*%?/.exec(levelPart(said ?? ''))?.[1]);
}

/** `pmset` names the battery, with a number, before it tells its level. */
function levelPart(said: string): string {
  return said.slice(said.lastIndexOf('\t') + 1).trim();
}

/** A computer runs on its battery when that discharges and no mains is connected; a mouse has a battery too. */
async function linuxPower(folder: string): Promise<Power> {
  const supplies = await Promise.all((await namesIn(folder)).map((name) => readSupply(join(folder, name))));
  const isConnected = supplies.some(({ type, online }) => type === 'Mains' && online === '1');
  const battery = supplies.find(
    ({ type, scope, status }) => type === 'Battery' && scope !== 'Device' && status === 'Discharging',
  );
  return battery === undefined || isConnected ? MAINS : onBattery(battery.capacity);
}

type Supply = Readonly<Record<'type' | 'online' | 'scope' | 'status' | 'capacity', string | undefined>>;

async function readSupply(folder: string): Promise<Supply> {
  const [type, online, scope, status, capacity] = await Promise.all(
    ['type', 'online', 'scope', 'status', 'capacity'].map((name) => readWord(join(folder, name))),
  );
  return { type, online, scope, status, capacity };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return [];
  }
}

/** Drivers leave out files, and refuse to read some at times. */
async function readWord(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return undefined;
  }
}

function onBattery(percent: string | undefined): Power {
  const level = Number(percent) / 100;
  return level >= 0 && level <= 1 ? { kind: 'battery', level } : { kind: 'battery' };
}
