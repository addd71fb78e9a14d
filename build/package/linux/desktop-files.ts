import { SHORTCUTS } from '../../../main/shell/shortcuts.ts';
import { ACT_SWITCH } from '../../../main/shell/start-arguments.ts';
import { createTexts } from '../../../main/shell/texts.ts';
import type { Product } from '../product.ts';

/** Name of the entry in menus; the same in `~/.config/autostart` beats the one for everybody. */
export function desktopFileName({ applicationId }: Product): string {
  return `${applicationId}.desktop`;
}

/**
 * The entry in menus, which also opens the program's links (freedesktop.org, Desktop Entry Specification 1.5).
 * `command` is the program's path.
 */
export function menuEntry(product: Product, command: string): string {
  const main = entry([
    ['Type', 'Application'],
    ['Name', product.name],
    ['Comment', product.summary.en],
    ['Comment[fr]', product.summary.fr],
    ['Exec', `${command} %U`],
    ['TryExec', command],
    ['Icon', product.applicationId],
    ['Terminal', 'false'],
    ['Categories', 'Office;Network;InstantMessaging;'],
    ['MimeType', `x-scheme-handler/${product.scheme};`],
    ['StartupWMClass', product.applicationId],
    ['StartupNotify', 'true'],
    ['Actions', entryActions()],
  ]);
  const actions = entryActionGroups(product, command).map(({ act, values }) =>
    group(`Desktop Action ${act}`, Object.entries(values)),
  );
  return [main, ...actions].join('\n');
}

/** The names of the actions that the program's icon offers, as the entry lists them: those of Windows' jump list. */
export function entryActions(): string {
  return SHORTCUTS.map(({ act }) => `${act};`).join('');
}

/** What each of them is called, and runs (Desktop Entry Specification 1.5, "Additional applications actions"). */
export function entryActionGroups(
  product: Product,
  command: string,
): { readonly act: string; readonly values: Readonly<Record<string, string>> }[] {
  const french = createTexts(() => 'fr', { product: product.name });
  const english = createTexts(() => 'en', { product: product.name });
  return SHORTCUTS.map(({ act, text }) => ({
    act,
    values: {
      Name: english(text),
      'Name[fr]': french(text),
      Exec: `${command} ${ACT_SWITCH}${act}`,
    },
  }));
}

/**
 * The entry for everybody's session (Desktop Application Autostart Specification 0.5). It runs a script that starts the
 * program only where the policy says so; a person's own entry of the same name takes its place.
 */
export function autostartEntry(product: Product, script: string): string {
  return entry([
    ['Type', 'Application'],
    ['Name', product.name],
    ['Exec', script],
    ['TryExec', script],
    ['Icon', product.applicationId],
    ['Terminal', 'false'],
    ['NoDisplay', 'true'],
    ['X-GNOME-Autostart-enabled', 'true'],
  ]);
}

/**
 * Starts `command` hidden when a machine's policy file has `"autostart": true`; costs a look at one small file else. UTF-16,
 * which the program reads too, has zero bytes between such letters.
 */
export function autostartScript(policy: string, command: string): string {
  return `#!/bin/sh
# Started with each session. The program itself reads the policy with more care.
[ -r '${policy}' ] || exit 0
tr -d ' \\t\\r\\n\\000' < '${policy}' | LC_ALL=C grep -q '"autostart":true' || exit 0
exec '${command}' --hidden
`;
}

function entry(values: readonly (readonly [string, string])[]): string {
  return group('Desktop Entry', values);
}

function group(name: string, values: readonly (readonly [string, string])[]): string {
  const lines = values.map(([key, value]) => `${key}=${escaped(value)}`);
  return `[${name}]\n${lines.join('\n')}\n`;
}

/** A value on one line (Desktop Entry Specification, "Possible value types"). */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '').replaceAll('\t', '\\t');
}
