/** Somebody asked how a command is used. The message says it: it is printed, and the command ends well. */
export class Help extends Error {
  override readonly name = 'Help';
}

/** Throws a Help with the usage of a command where its arguments ask for it (`--help`, `-h`). */
export function tellIfAsked(args: readonly string[], usage: string): void {
  if (args.includes('--help') || args.includes('-h')) throw new Help(usage);
}
