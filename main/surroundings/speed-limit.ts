import type { SpeedLimit } from '../../preload/contract/settings.ts';
import type { SpeedLimits } from '../files/protocol.ts';

/** A limit of the settings in the words of the engine. */
export function engineLimit(limit: SpeedLimit): SpeedLimits['up'] {
  switch (limit.kind) {
    case 'none':
      return limit;
    case 'share':
      return { kind: 'share', share: limit.percent / 100 };
    case 'fixed':
      return { kind: 'fixed', bytesPerSecond: limit.kilobytesPerSecond * 1000 };
  }
}
