import type { Product } from '../product.ts';
import { desktopFileName } from './desktop-files.ts';

/** What software centres show of the program (AppStream 1.0, desktop-application). `date` is the build's, `2026-11-28`. */
export function metainfo(product: Product, date: string): string {
  const { applicationId, name, summary, organisation, scheme, id, version } = product;
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${xml(applicationId)}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>EUPL-1.2</project_license>
  <name>${xml(name)}</name>
  <summary>${xml(withoutStop(summary.en))}</summary>
  <summary xml:lang="fr">${xml(withoutStop(summary.fr))}</summary>
  <description>
    <p>Conversations, shared folders and calls, one salon at a time.</p>
    <p xml:lang="fr">Des conversations, des dossiers partagés et des appels, un salon à la fois.</p>
  </description>
  <developer id="${xml(applicationId)}">
    <name>${xml(organisation)}</name>
  </developer>
  <launchable type="desktop-id">${xml(desktopFileName(product))}</launchable>
  <provides>
    <binary>${xml(id)}</binary>
    <mediatype>x-scheme-handler/${xml(scheme)}</mediatype>
  </provides>
  <categories>
    <category>Office</category>
    <category>Network</category>
  </categories>
  <content_rating type="oars-1.1">
    <content_attribute id="social-chat">intense</content_attribute>
    <content_attribute id="social-audio">intense</content_attribute>
  </content_rating>
  <releases>
    <release version="${xml(version)}" date="${date}"/>
  </releases>
</component>
`;
}

/** A text inside XML. */
export function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A summary is no sentence: it ends without a full stop. */
function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
