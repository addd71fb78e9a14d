import { z } from 'zod';
import { SpeedLimit } from '../../../preload/contract/settings.ts';

const WRITTEN = /^(?:none|(?<percent>[1-9]\d?)%|(?<kilobytes>[1-9]\d{1,6})kB)$/;

/** A limit as administrators write it: `none`, `50%` of what the line carries, `2000kB` a second. */
export const WrittenSpeedLimit = z
  .string()
  .max(9)
  .regex(WRITTEN)
  .transform((written): unknown => {
    const { percent, kilobytes } = WRITTEN.exec(written)?.groups ?? {};
    if (percent !== undefined) return { kind: 'share', percent: Number(percent) };
    if (kilobytes !== undefined) return { kind: 'fixed', kilobytesPerSecond: Number(kilobytes) };
    return { kind: 'none' };
  })
  .pipe(SpeedLimit);
