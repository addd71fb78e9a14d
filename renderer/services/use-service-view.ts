import { type RefObject, useEffect } from 'react';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { useSelected } from '../ui/store.ts';

/**
 * Keeps the view of a service over an element as long as the element is there and nothing of the page's has to lie above
 * it: a view hides whatever is under it, so that it gives way to questions and to a call that rings.
 */
export function useServiceView(id: string, place: RefObject<HTMLElement | null>, wanted: boolean): void {
  const { bridge, navigation, calls, toasts } = useWorkspace();
  const asked = useSelected(navigation.place, ({ dialog }) => dialog !== null);
  const rings = useSelected(calls.ringing, (ringing) => ringing.length > 0);
  const visible = wanted && !asked && !rings;
  useEffect(() => {
    const element = place.current;
    if (!element || !visible) return;
    const show = async () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (width < 1 || height < 1) return;
      const bounds = {
        x: Math.round(x),
        y: Math.round(y),
        width: Math.round(width),
        height: Math.round(height),
      };
      const shown = await bridge.services.show({ id, bounds });
      if (!shown.ok) showError(toasts, { from: 'main', error: shown.error });
    };
    const watch = new ResizeObserver(() => void show());
    watch.observe(element);
    return () => {
      watch.disconnect();
      void bridge.services.hide();
    };
  }, [bridge, id, place, toasts, visible]);
}
