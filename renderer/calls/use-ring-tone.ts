import { useEffect } from 'react';
import ringTone from '../../assets/sounds/ring.wav';

/** Plays the ring tone as long as someone rings. A computer without sound, or that refuses it, just stays silent. */
export function useRingTone(rings: boolean): void {
  useEffect(() => {
    if (!rings) return;
    const tone = new Audio(ringTone);
    tone.loop = true;
    tone.volume = 0.6;
    tone.play().catch(() => {
      /* No sound device, or sound is not allowed yet: the card and the notification say it. */
    });
    return () => {
      tone.pause();
      tone.removeAttribute('src');
      tone.load();
    };
  }, [rings]);
}
