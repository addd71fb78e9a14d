import { z } from 'zod';
import {
  BrandColours,
  BrandLinks,
  BrandView,
  bilingual,
  ModuleNames,
  PageAddress,
  ServiceView,
} from '../../preload/contract/brand.ts';
import { ConferenceDomain } from '../../preload/contract/calls.ts';
import { PartnerRule } from '../../preload/contract/partners.ts';
import { Settings } from '../../preload/contract/settings.ts';
import { ServerUrl } from '../../preload/contract/values.ts';
import { FileUserName } from '../policy/schema/servers.ts';
import { BrandDecisions } from './decisions.ts';

/** The servers used when an address names none: a plain user name, or a domain that says nothing about itself. */
export const Servers = z.strictObject({ chat: ServerUrl.nullable(), files: ServerUrl.nullable() });
export type Servers = z.infer<typeof Servers>;

/** What a person sets and others may decide: when one wants quiet is nobody else's business. */
const Decidable = Settings.omit({ doNotDisturbUntil: true });

/** A name that every system can hold as a folder's. */
const FolderName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ’_-]{0,38}[\p{L}\p{N}]$/u);

/** A host as addresses name it, with a port where it is not the usual one. */
const Host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/);

/** A service beside the salons; without an address it waits for one and is not shown. */
const Service = z.strictObject({
  ...ServiceView.shape,
  url: PageAddress.nullable(),
  /** For a view: other hosts that its pages may go to, such as the one where people sign in. All else opens in the browser. */
  hosts: z.array(Host).max(20).default([]),
});
export type Service = z.infer<typeof Service>;

/**
 * A brand pack's `brand.json`: everything that one metropole's program has of its own. Only data, so that an integrator
 * makes one without touching code; two drawings stand beside it (`logo.svg`, `ornament.svg`).
 */
export const Brand = z.strictObject({
  /** For editors: the schema of this file. */
  $schema: z.string().optional(),
  id: BrandView.shape.id,
  /** What the program is called, also in the names of its files and its shortcuts. */
  productName: FolderName,
  /** Who offers the program, as installers and the Settings say. */
  organisation: BrandView.shape.organisation,
  /** Reverse domain name: what Windows, macOS and Linux know the program by. */
  applicationId: z.string().regex(/^[a-z][a-z0-9]*(\.[a-z][a-z0-9-]*){1,5}$/),
  /** Links `<scheme>://salon/<id>` open the program. */
  scheme: z.string().regex(/^[a-z][a-z0-9+.-]{2,30}$/),
  /** The folder in the person's home that is suggested for the salons' files. */
  folderName: FolderName,
  tagline: bilingual(160),
  hosting: bilingual(160),
  modules: ModuleNames,
  colours: z.strictObject({ light: BrandColours, dark: BrandColours }),
  servers: Servers,
  /** Hosts that calls may go to; the first is for new calls. */
  conferenceDomains: z.array(ConferenceDomain).max(50),
  partners: PartnerRule,
  /** The user name at the file server, from the chat's: `{localpart}`, `{server}`. */
  fileUserName: FileUserName,
  calls: z.strictObject({
    /** A new call begins with its waiting room on: whoever comes later is let in by somebody inside. */
    lobby: z.boolean(),
  }),
  services: z.array(Service).max(12),
  links: BrandLinks,
  updates: z.strictObject({
    /** Folder on a web server where new versions are looked for; null: nowhere. */
    feed: PageAddress.nullable(),
    /** The public key (Ed25519, base64 of its SubjectPublicKeyInfo) that the list of versions is signed with; null: none is believed. */
    key: z
      .string()
      .regex(/^[A-Za-z0-9+/]{59}=$/)
      .nullable()
      .default(null),
  }),
  settings: z.strictObject({
    /** What a person's settings are at first, and which of them a person can't change. */
    defaults: Decidable.partial(),
    locked: z.array(z.keyof(Decidable)),
    /** What holds of the other settings where no policy says otherwise. */
    policy: BrandDecisions.default({}),
  }),
});
export type Brand = z.infer<typeof Brand>;
