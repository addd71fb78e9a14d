const megabyte = 1_000_000;

/**
 * What downloads leave free of a disk of so many bytes: a system whose disk is full to the last byte saves nothing any
 * more, and a person could not even write down what they were at.
 */
export function spareOf(size: number): number {
  return Math.min(500 * megabyte, size / 20);
}

/** From here on a person is told that little is left, while something can still be done about it. */
export function lowOf(size: number): number {
  return Math.min(5000 * megabyte, size / 10);
}

/** They are told anew only after there was so much again: what is near the edge goes to and fro. */
export function enoughOf(size: number): number {
  return lowOf(size) * 1.2;
}
