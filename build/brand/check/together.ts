import type { Brand } from '../../../main/brand/schema.ts';
import type { Finding } from './finding.ts';

/** Schemes that belong to others; a program that took one would get their links. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    'http https file ftp mailto tel sms data blob about javascript view-source chrome devtools ' +
    'matrix element jitsi-meet nc nextcloud msteams zoommtg slack'
  ).split(' '),
);
/** What no two programs on one PC may share: links, shortcuts and data would go to the wrong one. */
const OWN = ['id', 'scheme', 'applicationId', 'productName'] as const;

/** What two packs claim both, each said of both; and what nobody may claim. */
export function lookTogether(brands: readonly Brand[]): Finding[] {
  return brands.flatMap((brand) => {
    const claimed = OWN.flatMap((field) => {
      const same = brands.filter((each) => each !== brand && folded(each[field]) === folded(brand[field]));
      return same.map((other) => finding(brand, field, 'twice', [brand[field], other.id]));
    });
    return TAKEN.has(brand.scheme)
      ? claimed.concat(finding(brand, 'scheme', 'taken', [brand.scheme]))
      : claimed;
  });
}

function finding(brand: Brand, field: string, code: Finding['code'], about: readonly string[]): Finding {
  return { pack: brand.id, file: 'brand.json', field, code, about };
}

/** As Windows and macOS compare names of folders. */
function folded(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('en');
}
