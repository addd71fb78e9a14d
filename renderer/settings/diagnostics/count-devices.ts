import type { CheckId } from '../../../preload/contract/diagnostics.ts';

const KINDS: Readonly<Partial<Record<CheckId, MediaDeviceKind>>> = {
  microphone: 'audioinput',
  camera: 'videoinput',
};

/** How many devices a check is about: the browser tells one of each kind, without a name, also to a page that may not use it. */
export async function countDevices(check: CheckId): Promise<number | null> {
  const kind = KINDS[check];
  if (kind === undefined) return null;
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === kind).length;
}
