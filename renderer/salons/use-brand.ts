import type { BrandView } from '../../preload/contract/brand.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from './stores/workspace-context.tsx';

/** The names that the brand gives, in the person's language. */
export function useBrand() {
  const { info } = useWorkspace();
  const { format } = useWords();
  const { brand } = info;
  return {
    productName: brand.productName,
    organisation: brand.organisation[format.language],
    tagline: brand.tagline[format.language],
    hosting: brand.hosting[format.language],
    logo: brand.logo,
    ornament: brand.ornament,
    links: brand.links,
    module: (name: keyof BrandView['modules']) => brand.modules[name][format.language],
  };
}
