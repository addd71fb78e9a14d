import { z } from 'zod';
import { PartnerRule } from './partners.ts';
import { namesNobody } from './values.ts';

/** A colour as `#rrggbb`. */
const Colour = z.string().regex(/^#[0-9a-f]{6}$/i);

/** The tokens a brand may replace (marked B in the design system), for one theme. */
export const BrandColours = z.strictObject({
  accent: Colour,
  accentInk: Colour,
  accentSoft: Colour,
  accentText: Colour,
  mine: Colour,
  rail: Colour,
  railInk: Colour,
  railOnBackground: Colour,
});
export type BrandColours = z.infer<typeof BrandColours>;

/** One line of text. It is never read as HTML; what looks like it, or controls a terminal, is refused all the same. */
export const plainText = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^(?!\s)[^<>\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+(?<!\s)$/u);

/** A text in both languages. */
export const bilingual = (longest: number) =>
  z.strictObject({ fr: plainText(longest), en: plainText(longest) });

/** A page on the web, opened in the person's browser; never with a user's name or password in it. */
export const PageAddress = z
  .url({ protocol: /^https$/, hostname: /^[^\s@]+\.[^\s@]+$/ })
  .max(1000)
  .refine(namesNobody);

/** Pictures that a service may have beside its name; all are of the program's own set. */
export const SERVICE_ICONS = [
  'archive',
  'book',
  'calendar',
  'chart',
  'chat',
  'cloud',
  'clock',
  'form',
  'globe',
  'graduation',
  'handshake',
  'identity',
  'kanban',
  'leaf',
  'mail',
  'map',
  'money',
  'news',
  'notebook',
  'people',
  'presentation',
  'question',
  'search',
  'ticket',
  'video',
  'wrench',
] as const;

/** Names a service within its brand. */
export const ServiceId = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

/** A service of the organisation as the rail shows it. */
export const ServiceView = z.strictObject({
  id: ServiceId,
  name: bilingual(30),
  icon: z.enum(SERVICE_ICONS),
  url: PageAddress,
  /** In the person's browser, or in a view beside the salons. */
  opens: z.enum(['browser', 'view']),
});
export type ServiceView = z.infer<typeof ServiceView>;

/** Pages about the program that an organisation has to offer, null where it has none. */
export const BrandLinks = z.strictObject({
  /** Where an agent finds help. */
  help: PageAddress.nullable(),
  /** The legal notice (`Mentions légales`). */
  legal: PageAddress.nullable(),
  /** How accessible the program is, as French law has public bodies say. */
  accessibility: PageAddress.nullable(),
  /** What is done with personal data. */
  privacy: PageAddress.nullable(),
});
export type BrandLinks = z.infer<typeof BrandLinks>;

/** Names the parts of the program. */
export const ModuleNames = z.strictObject({
  salons: bilingual(30),
  files: bilingual(30),
  calls: bilingual(30),
});

/** Letters of a drawing's data address. */
export const LARGEST_DRAWING = 100_000;

/** An SVG as a data address. */
const Drawing = z.string().startsWith('data:image/svg+xml').max(LARGEST_DRAWING);

/** What the page shows of the brand in use. */
export const BrandView = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  productName: plainText(40),
  organisation: bilingual(80),
  tagline: bilingual(160),
  hosting: bilingual(160),
  modules: ModuleNames,
  services: z.array(ServiceView).max(12),
  colours: z.strictObject({ light: BrandColours, dark: BrandColours }),
  /** The product's mark. */
  logo: Drawing,
  /** What decorates the sign-in page, in the colours of each theme. */
  ornament: z.strictObject({ light: Drawing, dark: Drawing }),
  links: BrandLinks,
  /** How to tell a partner from an agent. */
  partners: PartnerRule,
});
export type BrandView = z.infer<typeof BrandView>;
