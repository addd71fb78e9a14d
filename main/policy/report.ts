import { redact } from '../log/redact.ts';
import type { PolicyInForce } from './in-force.ts';
import type { Origin } from './levels.ts';
import type { PlacedComplaint } from './readings.ts';
import { SETTING_IDS, type SettingId } from './schema/table.ts';

/** A setting in force. */
export interface ReportedSetting {
  readonly key: SettingId;
  /** As it is in force, without any secret. */
  readonly value: unknown;
  readonly origin: Origin;
  /** The file or key of the registry that decides it, null where none does. */
  readonly place: string | null;
}

/** A file that a setting names can't be used. */
export interface FileComplaint {
  readonly problem: 'file';
  readonly key: SettingId;
  /** The file. */
  readonly place: string;
  readonly why: 'missing' | 'unreadable' | 'wrongPassphrase' | 'unusable' | 'noKey' | 'ended' | 'notBegun';
}

/** What is in force, where each value came from, and what could not be understood. */
export interface PolicyReport {
  readonly settings: readonly ReportedSetting[];
  readonly complaints: readonly (PlacedComplaint | FileComplaint)[];
}

/** Tells what is in force. */
export function policyReport(policy: PolicyInForce): PolicyReport {
  const settings = SETTING_IDS.map((key) => {
    const { origin, place } = policy.decision(key);
    return { key, value: withoutSecrets(policy.values[key]), origin, place };
  });
  return { settings, complaints: policy.complaints };
}

/** Nothing that is decided should hold a secret, but somebody may have written one into an address. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  return Array.isArray(value) ? value.map((item) => withoutSecrets(item)) : value;
}
