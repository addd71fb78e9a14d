import type { ReactNode } from 'react';
import { useBrand } from '../salons/use-brand.ts';
import './signin.css';

/** The page before the salons: the passage on the left, the question on the right. */
export function Entrance({ children }: { readonly children: ReactNode }) {
  const { productName, logo, tagline, hosting } = useBrand();
  return (
    <div className="entrance">
      <div className="entrance-art">
        <div className="entrance-brand">
          <img src={logo} alt="" width={48} height={48} draggable={false} />
          <span>{productName}</span>
        </div>
        <p className="entrance-tagline">{tagline}</p>
        <p className="entrance-hosting">{hosting}</p>
        <Arches />
      </div>
      <main className="entrance-side">
        <div className="entrance-form">{children}</div>
      </main>
    </div>
  );
}

/** Two archways, one with light at its end. */
function Arches() {
  return (
    <svg className="entrance-arches" viewBox="0 0 460 300" aria-hidden preserveAspectRatio="xMaxYMax meet">
      <path d="M10 310V130a107 107 0 0 1 214 0v180h-21V130a86 86 0 0 0-172 0v180z" className="arch-line" />
      <path d="M77 310V142a40 40 0 0 1 80 0v168h-16V142a24 24 0 0 0-48 0v168z" className="arch-line" />
      <path d="M254 310V113a93 93 0 0 1 186 0v197z" className="arch-accent" />
      <path d="M298 310V129a49 49 0 0 1 97 0v181z" className="arch-light" />
    </svg>
  );
}
