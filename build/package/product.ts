import type { Brand } from '../../main/brand/schema.ts';

/** What installers and systems are told of one brand's program. */
export interface Product {
  /** Names its command, its package, its policy folder and its data folder: the brand's id. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** Reverse domain name. */
  readonly applicationId: string;
  /** Links `<scheme>://...` open it. */
  readonly scheme: string;
  /** Who offers it. */
  readonly organisation: string;
  readonly version: string;
  readonly summary: { readonly fr: string; readonly en: string };
  /** Where it looks for new versions, unless a policy says otherwise; null: nowhere. */
  readonly feed: string | null;
}

/** What a brand's program is to installers. */
export function productOf(brand: Brand, version: string): Product {
  return {
    id: brand.id,
    name: brand.productName,
    applicationId: brand.applicationId,
    scheme: brand.scheme,
    organisation: brand.organisation.fr,
    version,
    summary: { fr: brand.tagline.fr, en: brand.tagline.en },
    feed: brand.updates.feed,
  };
}
