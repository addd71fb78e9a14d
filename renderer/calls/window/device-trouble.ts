import type { DeviceTrouble } from './conference.ts';

/** What a failed getUserMedia means (W3C Media Capture, 10.3.1, names of its DOMExceptions). */
export function troubleOf(error: unknown): DeviceTrouble {
  switch (error instanceof Error || isNamed(error) ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'broken';
  }
}

/** The same for the `type` of Jitsi's micError and cameraError (`gum.` names of lib-jitsi-meet). */
export function troubleOfJitsi(type: string): DeviceTrouble {
  switch (type) {
    case 'gum.permission_denied':
      return 'denied';
    case 'gum.not_found':
    case 'gum.constraint_failed':
      return 'missing';
    case 'gum.general':
    case 'gum.timeout':
      return 'busy';
    default:
      return 'broken';
  }
}

function isNamed(error: unknown): error is { name: string } {
  return typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string';
}
