import { useEffect, useRef } from 'react';

/**
 * What had the focus may go with its part of the window: who was let in, the list of people, a notice. Then the bar at
 * the bottom has it, at the button that the part belongs to where there is one.
 */
export function useKeptFocus(): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  // After each drawing: any of them may have taken something away.
  useEffect(() => {
    if (last.current?.isConnected !== false || document.activeElement !== document.body) return;
    const owner = last.current.closest('.people') ? '.controls [aria-expanded]' : '.controls button';
    document.querySelector<HTMLElement>(owner)?.focus();
  });
}
