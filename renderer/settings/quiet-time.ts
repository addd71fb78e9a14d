/** For how long a person wants no ringing and no notification. */
export type QuietTime = 'half-hour' | 'hour' | 'morning';

const MINUTE = 60_000;
/** When a working day begins. */
const MORNING_HOUR = 8;

/** When a quiet time that begins now ends, in milliseconds since 1970. `morning`: the next time it is 8, by this computer's clock. */
export function quietUntil(time: QuietTime, now: number): number {
  switch (time) {
    case 'half-hour':
      return now + 30 * MINUTE;
    case 'hour':
      return now + 60 * MINUTE;
    case 'morning': {
      const morning = new Date(now);
      morning.setHours(MORNING_HOUR, 0, 0, 0);
      if (morning.getTime() <= now) morning.setDate(morning.getDate() + 1);
      return morning.getTime();
    }
  }
}
