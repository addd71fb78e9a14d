import { BrandView } from '../../preload/contract/app.ts';

/** A pack as the page gets it from main. */
export function brandView(pack: Pick<BrandView, Exclude<keyof BrandView, 'logo'>>, logo: string): BrandView {
  const { id, productName, tagline, hosting, modules, colours, partners } = pack;
  return BrandView.parse({
    id,
    productName,
    tagline,
    hosting,
    modules,
    colours,
    partners,
    logo: `data:image/svg+xml;utf8,${encodeURIComponent(logo)}`,
  });
}
