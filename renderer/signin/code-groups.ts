/** A recovery code in its groups of letters, as it is shown and written down. */
export function groupsOf(code: string): readonly string[] {
  const given = code.trim().split(/\s+/);
  if (given.length > 1) return given;
  return code.trim().match(/.{1,4}/g) ?? [];
}

/** Which group the person types back to show that the code was kept: not the first, which everyone remembers. */
export function askedGroup(groups: readonly string[], random: number): number {
  if (groups.length < 3) return groups.length - 1;
  return 2 + Math.floor(random * (groups.length - 2));
}

/** Whether what was typed is that group; capitals count, spaces do not. */
export function isGroup(typed: string, groups: readonly string[], asked: number): boolean {
  return typed.replaceAll(/\s/g, '') === groups[asked];
}

/** The code as a text to keep in a file. */
export function codeFile(title: string, explanation: string, groups: readonly string[]): string {
  return `${title}\n\n${groups.join(' ')}\n\n${explanation}\n`;
}
