import { createHash } from 'node:crypto';
import { registryPath } from '../../../main/policy/places.ts';
import { xml } from '../linux/appstream.ts';
import type { Product } from '../product.ts';

/**
 * Properties of the MSI that become values of the machine's policy:
 * `msiexec /i ensemble.msi /qn CHATSERVER=https://chat.metropole.example`.
 */
const POLICY_PROPERTIES = [
  { property: 'CHATSERVER', setting: 'chatServer', type: 'string' },
  { property: 'FILESSERVER', setting: 'filesServer', type: 'string' },
  { property: 'CALLDOMAIN', setting: 'conferenceDomains', type: 'multiString' },
  { property: 'UPDATES', setting: 'updateMode', type: 'string' },
  { property: 'AUTOSTART', setting: 'autostart', type: 'integer' },
] as const;

/** All properties that the MSI takes, in capitals as Windows Installer wants public ones. */
export const MSI_PROPERTIES: readonly string[] = [
  ...POLICY_PROPERTIES.map(({ property }) => property),
  'POLICYFILE',
  'DESKTOPSHORTCUT',
];

/**
 * Adds to electron-builder's WiX project what it has no words for: the properties above, a policy file that is copied,
 * the entry that starts the program with each session, and the shortcut on the desktop. Throws when the project is not
 * the one that this was written for.
 */
export function withProperties(project: string, product: Product): string {
  const declared = MSI_PROPERTIES.map((name) => `<Property Id="${name}" Secure="yes"/>`);
  const folders = `<DirectoryRef Id="TARGETDIR">
      <Directory Id="DesktopFolder" Name="Desktop"/>
      <Directory Id="CommonFiles64Folder"><Directory Id="POLICYFOLDER" Name="${xml(product.id)}"/></Directory>
    </DirectoryRef>`;
  const components = [
    ...POLICY_PROPERTIES.map((one) => policyComponent(product, one)),
    autostartComponent(product),
    policyFileComponent(product),
    shortcutComponent(product),
  ];
  const withDeclared = before(
    project,
    '<Feature Id="ProductFeature"',
    `${declared.join('\n    ')}\n    ${folders}\n\n    `,
  );
  return before(withDeclared, '</ComponentGroup>', `  ${components.join('\n      ')}\n    `);
}

/** Stays when the program is renewed or removed: what an administrator decided is not forgotten with a version. */
function policyComponent(
  product: Product,
  { property, setting, type }: (typeof POLICY_PROPERTIES)[number],
): string {
  const value =
    type === 'multiString'
      ? `<MultiStringValue>[${property}]</MultiStringValue></RegistryValue>`
      : '</RegistryValue>';
  const plain = type === 'multiString' ? '' : ` Value="[${property}]"`;
  return `<Component Id="policy_${setting}" Guid="${guid(product, setting)}" Permanent="yes">
        <Condition>${property}</Condition>
        <RegistryValue Root="HKLM" Key="${xml(registryPath(product.id))}" Name="${setting}" Type="${type}"${plain} KeyPath="yes">${value}
      </Component>`;
}

function autostartComponent(product: Product): string {
  const key = String.raw`Software\Microsoft\Windows\CurrentVersion\Run`;
  const command = `"[APPLICATIONFOLDER]${product.name}.exe" --hidden`;
  return `<Component Id="autostart" Guid="${guid(product, 'autostart-run')}">
        <Condition>AUTOSTART = "1"</Condition>
        <RegistryValue Root="HKLM" Key="${key}" Name="${xml(product.applicationId)}" Type="string" Value="${xml(command)}" KeyPath="yes"/>
      </Component>`;
}

/** POLICYFILE is the whole path of a file that the machine itself may read. */
function policyFileComponent(product: Product): string {
  return `<Component Id="policyFile" Guid="${guid(product, 'policyFile')}" Directory="POLICYFOLDER" Permanent="yes">
        <Condition>POLICYFILE</Condition>
        <CreateFolder/>
        <CopyFile Id="copyPolicyFile" SourceProperty="POLICYFILE" DestinationDirectory="POLICYFOLDER" DestinationName="policy.json"/>
        <RegistryValue Root="HKLM" Key="${xml(ownKey(product))}" Name="policyFile" Type="string" Value="[POLICYFILE]" KeyPath="yes"/>
      </Component>`;
}

function shortcutComponent(product: Product): string {
  return `<Component Id="desktopShortcut" Guid="${guid(product, 'desktopShortcut')}">
        <Condition>NOT DESKTOPSHORTCUT OR DESKTOPSHORTCUT = "1"</Condition>
        <Shortcut Id="desktopShortcut" Directory="DesktopFolder" Name="${xml(product.name)}" Target="[APPLICATIONFOLDER]${xml(product.name)}.exe" WorkingDirectory="APPLICATIONFOLDER"/>
        <RegistryValue Root="HKLM" Key="${xml(ownKey(product))}" Name="desktopShortcut" Type="integer" Value="1" KeyPath="yes"/>
      </Component>`;
}

function ownKey({ id }: Product): string {
  return ['Software', 'Traboule', id, 'Installer'].join('\\');
}

/** The same for the same brand and part, in every version: Windows Installer counts components by it. */
function guid({ applicationId }: Product, part: string): string {
  const hex = createHash('sha256').update(`${applicationId} ${part}`).digest('hex').toUpperCase();
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `A${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `{${parts.join('-')}}`;
}

function before(project: string, anchor: string, added: string): string {
  const parts = project.split(anchor);
  if (parts.length !== 2)
    throw new Error(`the WiX project has ${parts.length - 1} times ${anchor}, not once`);
  return parts.join(`${added}${anchor}`);
}
