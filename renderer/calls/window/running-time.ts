/** A running time as on a clock: 0:07, 12:48, 1:02:03. */
export function runningTime(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = String(seconds).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** The same for a screen reader: ISO 8601, the `datetime` of a <time>. */
export function runningTimeCode(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  return `PT${Math.floor(total / 60)}M${total % 60}S`;
}
