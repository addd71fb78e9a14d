import { Brand } from '../../main/brand/schema.ts';
import { brandView } from '../../main/brand/view.ts';
import type { BrandView } from '../../preload/contract/brand.ts';

const values = import.meta.glob('../../assets/brands/*/brand.json', { eager: true, import: 'default' });
const drawings = import.meta.glob<string>('../../assets/brands/*/*.svg', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/**
 * A pack of the sources as the page gets it from main. What an organisation has still to fill in stands under example
 * domains, so that its pictures show all that the pack has.
 */
export function galleryBrand(id: string): BrandView {
  const folder = `../../assets/brands/${id}`;
  const brand = Brand.parse(values[`${folder}/brand.json`]);
  const page = (name: string) => `https://${name}.${id}.example/`;
  const services = brand.services.map((service) => ({ ...service, url: service.url ?? page(service.id) }));
  const links = {
    help: page('aide'),
    legal: page('mentions'),
    accessibility: page('acces'),
    privacy: page('donnees'),
  };
  const drawing = (name: string) => drawings[`${folder}/${name}.svg`] ?? '';
  return brandView({
    brand: { ...brand, services, links },
    logoSvg: drawing('logo'),
    ornamentSvg: drawing('ornament'),
  });
}
