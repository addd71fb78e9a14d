import { Store } from './store.ts';

/** How much room there is: under 1100 px the side opens over the conversation, under 800 the list gives way. */
export type Layout = 'wide' | 'medium' | 'narrow';

/** Follows the window's width; answers the store and the way to stop. */
export function watchLayout(view: Window): { readonly layout: Store<Layout>; readonly dispose: () => void } {
  const wide = view.matchMedia('(min-width: 1100px)');
  const narrow = view.matchMedia('(max-width: 799.98px)');
  const current = (): Layout => (wide.matches ? 'wide' : narrow.matches ? 'narrow' : 'medium');
  const layout = new Store<Layout>(current());
  const update = () => layout.set(current());
  wide.addEventListener('change', update);
  narrow.addEventListener('change', update);
  return {
    layout,
    dispose: () => {
      wide.removeEventListener('change', update);
      narrow.removeEventListener('change', update);
    },
  };
}
