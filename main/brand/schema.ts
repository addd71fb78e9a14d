import { z } from 'zod';
import { Bilingual, BrandColours } from '../../preload/contract/app.ts';
import { ConferenceDomain } from '../../preload/contract/calls.ts';
import { PartnerRule } from '../../preload/contract/partners.ts';
import { Settings } from '../../preload/contract/settings.ts';
import { Label, ServerUrl } from '../../preload/contract/values.ts';

/** The servers used when an address names none: a plain user name, or a domain that says nothing about itself. */
export const Servers = z.strictObject({ chat: ServerUrl.nullable(), files: ServerUrl.nullable() });
export type Servers = z.infer<typeof Servers>;

/** A folder name that every system can hold. */
const FolderName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,60}[\p{L}\p{N}]$/u);

/**
 * A brand pack's `brand.json`: everything that one metropole's program has of its own. Only data, so that an integrator
 * makes one without touching code; images stand beside it (`logo.svg`, `icon.png`).
 */
export const Brand = z.strictObject({
  /** For editors: the schema of this file. */
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  productName: Label.min(1),
  /** Reverse domain name: what Windows, macOS and Linux know the program by. */
  applicationId: z.string().regex(/^[a-z][a-z0-9]*(\.[a-z][a-z0-9-]*){1,5}$/),
  /** Links `<scheme>://salon/<id>` open the program. */
  scheme: z.string().regex(/^[a-z][a-z0-9+.-]{2,30}$/),
  /** The folder in the person's home that is suggested for the salons' files. */
  folderName: FolderName,
  tagline: Bilingual,
  hosting: Bilingual,
  modules: z.strictObject({ salons: Bilingual, files: Bilingual, calls: Bilingual }),
  colours: z.strictObject({ light: BrandColours, dark: BrandColours }),
  servers: Servers,
  /** Hosts that calls may go to; the first is for new calls. */
  conferenceDomains: z.array(ConferenceDomain).max(50),
  partners: PartnerRule,
  /** The user name at the file server, from the chat's: `{localpart}`, `{server}`. */
  fileUserName: z.string().regex(/^[^{}]*(\{(localpart|server)\}[^{}]*)+$/),
  helpUrl: z.url({ protocol: /^https$/ }).optional(),
  /** Values of the settings: what they are at first, and which of them a person can't change. */
  settings: z.strictObject({ defaults: Settings.partial(), locked: z.array(z.keyof(Settings)) }),
});
export type Brand = z.infer<typeof Brand>;
