import type { BrandView, ServiceView } from '../../preload/contract/brand.ts';
import { address, paint } from './drawing.ts';
import type { Brand, Service } from './schema.ts';

/** A pack's values with its drawings. */
export interface DrawnBrand {
  readonly brand: Brand;
  /** The product's mark. */
  readonly logoSvg: string;
  /** What decorates the sign-in page; its colours are names of the pack's, as in `fill="accent"`. */
  readonly ornamentSvg: string;
}

/** The part of a pack that the page shows. */
export function brandView({ brand, logoSvg, ornamentSvg }: DrawnBrand): BrandView {
  const { id, productName, organisation, tagline, hosting, modules, colours, links, partners } = brand;
  return {
    id,
    productName,
    organisation,
    tagline,
    hosting,
    modules,
    services: brand.services.flatMap(servicesShown),
    colours,
    links,
    partners,
    logo: address(logoSvg),
    ornament: {
      light: address(paint(ornamentSvg, colours.light)),
      dark: address(paint(ornamentSvg, colours.dark)),
    },
  };
}

/** A service without an address is one that the organisation has still to fill in. */
function servicesShown({ id, name, icon, url, opens }: Service): ServiceView[] {
  return url === null ? [] : [{ id, name, icon, url, opens }];
}
