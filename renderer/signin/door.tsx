import { type ReactNode, useEffect, useRef } from 'react';
import { useBrand } from '../salons/use-brand.ts';
import { LegalLinks } from './legal-links.tsx';
import { Ornament } from './ornament.tsx';
import './door.css';

/** The frame of every page before the salons: the brand on one side, what is asked on the other. */
export function Door({ children }: { readonly children: ReactNode }) {
  const { productName, tagline, hosting, logo } = useBrand();
  return (
    <div className="door">
      <aside className="door-brand" aria-label={productName}>
        <p className="door-product">
          <img className="door-mark" src={logo} alt="" draggable={false} />
          {productName}
        </p>
        <p className="door-tagline">{tagline}</p>
        <Ornament />
        <p className="door-hosting">{hosting}</p>
      </aside>
      <main className="door-main">
        <div className="door-form">{children}</div>
        <LegalLinks />
      </main>
    </div>
  );
}

interface HeadingProps {
  /** The focus goes here when the screen comes: where no field takes it. */
  readonly focused?: boolean;
  readonly children: ReactNode;
}

/** What a screen asks. */
export function DoorHeading({ focused = false, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, [focused]);
  return (
    <h1 ref={heading} className="door-title" tabIndex={-1}>
      {children}
    </h1>
  );
}
