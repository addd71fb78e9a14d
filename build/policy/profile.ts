import { createHash } from 'node:crypto';
import { type SettingId, settingOf } from '../../main/policy/schema/table.ts';
import type { TemplateBrand } from './admx.ts';
import { TEXTS, usualWritten, type Written } from './words.ts';
import { element, escape, type Xml } from './xml.ts';

/**
 * A configuration profile for macOS (Apple, "Configuration Profile Reference": a payload whose type is the program's
 * identifier becomes its managed preferences). Every setting stands in it as a comment with its usual value, so that
 * the profile decides nothing until somebody takes a comment's marks away.
 */
export function mobileConfig(ids: readonly SettingId[], brand: TemplateBrand): string {
  const { applicationId, productName } = brand;
  const settings = ids.map((id) => commented(id)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  ${pair('PayloadType', 'Configuration')}
  ${integer('PayloadVersion', 1)}
  ${pair('PayloadIdentifier', `${applicationId}.policy`)}
  ${pair('PayloadUUID', uuid(`${applicationId}.policy`))}
  ${pair('PayloadDisplayName', productName)}
  ${pair('PayloadScope', 'System')}
  <key>PayloadContent</key>
  <array>
    <dict>
      ${pair('PayloadType', applicationId)}
      ${integer('PayloadVersion', 1)}
      ${pair('PayloadIdentifier', `${applicationId}.policy.settings`)}
      ${pair('PayloadUUID', uuid(`${applicationId}.policy.settings`))}
      ${pair('PayloadDisplayName', productName)}
${settings}
    </dict>
  </array>
</dict>
</plist>
`;
}

function commented(id: SettingId): string {
  const { name, explanation } = TEXTS.fr.settings[id];
  const value = valueOf(usualWritten(settingOf(id))).xml.replaceAll('\n', '\n      ');
  // Two hyphens would end the comment.
  const words = escape(`${name} | ${TEXTS.en.settings[id].name}. ${explanation}`).replaceAll('--', '- -');
  return `      <!-- ${words} -->\n      <!-- <key>${id}</key>\n      ${value} -->`;
}

function valueOf(written: Written): Xml {
  if (typeof written === 'boolean') return element(String(written), {});
  if (typeof written === 'number') return element('integer', {}, String(written));
  if (Array.isArray(written)) return element('array', {}, ...written.map((item) => valueOf(item)));
  return element('string', {}, written ?? '');
}

function pair(key: string, text: string): string {
  return `<key>${key}</key><string>${escape(text)}</string>`;
}

function integer(key: string, value: number): string {
  return `<key>${key}</key><integer>${value}</integer>`;
}

/** The same for the same name, so that a newer profile takes the older one's place. */
function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex').toUpperCase();
  const variant = `8${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, variant, hex.slice(20, 32)].join('-');
}
