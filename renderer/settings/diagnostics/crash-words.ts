/** What can be said of why something stopped, by the word that Electron or the program noted. */
const WHY = {
  crashed: 'crashed',
  'abnormal-exit': 'crashed',
  worker: 'crashed',
  oom: 'oom',
  'memory-eviction': 'oom',
  killed: 'killed',
  'launch-failed': 'launch-failed',
  'integrity-failure': 'integrity-failure',
  ended: 'ended',
} as const;

/** Names the words for a noted reason (`crashed`, `oom`, `abnormal-exit 5`); the report keeps the reason itself. */
export function whyOf(reason: string): (typeof WHY)[keyof typeof WHY] | 'unknown' {
  const [word = ''] = reason.split(' ');
  return isKnown(word) ? WHY[word] : 'unknown';
}

function isKnown(word: string): word is keyof typeof WHY {
  return Object.hasOwn(WHY, word);
}
