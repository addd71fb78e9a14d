import { useBrand } from '../salons/use-brand.ts';

/** What decorates the brand's side of the entrance, in the colours of the theme in force. */
export function Ornament() {
  const { light, dark } = useBrand().ornament;
  return (
    <>
      <img className="door-ornament door-ornament-light" src={light} alt="" draggable={false} />
      <img className="door-ornament door-ornament-dark" src={dark} alt="" draggable={false} />
    </>
  );
}
