import type { BrandView } from '../../preload/contract/app.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from './stores/workspace-context.tsx';

/** The names that the brand gives, in the person's language. */
export function useBrand() {
  const { info } = useWorkspace();
  const { format } = useWords();
  const { brand } = info;
  return {
    productName: brand.productName,
    tagline: brand.tagline[format.language],
    hosting: brand.hosting[format.language],
    logo: brand.logo,
    helpUrl: brand.helpUrl ?? null,
    module: (name: keyof BrandView['modules']) => brand.modules[name][format.language],
  };
}
