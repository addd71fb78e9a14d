// Without schemas: the page takes these values themselves, and would carry the schema library for them.

/** What can be checked, in the order of the page. */
export const CHECKS = [
  'chat',
  'files',
  'calls',
  'microphone',
  'camera',
  'proxy',
  'clock',
  'disk',
  'policy',
  'versions',
] as const;

/**
 * What a check can find, by how bad that is: nothing to do, worth an eye, or broken. The page's dictionaries have the
 * words of each in `diagnostics:found`; a word of `<check>-<what>` says both.
 */
export const FINDINGS = {
  ok: [
    'chat-fine',
    'files-fine',
    'calls-fine',
    'microphone-fine',
    'camera-fine',
    'proxy-none',
    'proxy-fine',
    'clock-fine',
    'disk-fine',
    'policy-none',
    'policy-fine',
    'versions-fine',
  ],
  watch: [
    'chat-none',
    'files-none',
    'calls-none',
    'chat-refused',
    'files-refused',
    'files-maintenance',
    'microphone-none',
    'camera-none',
    'proxy-unasked',
    'clock-off',
    'clock-unasked',
    'disk-low',
    'disk-unasked',
    'policy-wrong',
    'policy-certificate-missing',
    'policy-certificate-ended',
    'policy-certificate-unusable',
    'late',
  ],
  broken: [
    'offline',
    'own-certificate',
    'chat-ended',
    'files-ended',
    'chat-unreachable',
    'files-unreachable',
    'calls-unreachable',
    'chat-certificate',
    'files-certificate',
    'calls-certificate',
    'chat-stranger',
    'files-stranger',
    'calls-stranger',
    'microphone-forbidden',
    'camera-forbidden',
    'proxy-unreachable',
    'proxy-sign-in',
    'clock-wrong',
    'disk-full',
    'disk-read-only',
    'failed',
  ],
} as const;
