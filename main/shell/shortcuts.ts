import { ACT_SWITCH, QUIET_ACT } from './start-arguments.ts';
import type { TextKey, Texts } from './texts.ts';

/** A thing that the desktop offers on the program's icon, also while it does not run. */
export interface Shortcut {
  /** What the start is asked for. */
  readonly act: string;
  readonly text: TextKey;
}

/** In this order: whom to write to, a new circle of people, the files, quiet. */
export const SHORTCUTS: readonly Shortcut[] = [
  { act: 'search', text: 'shortcut.newMessage' },
  { act: 'new-salon', text: 'shortcut.newSalon' },
  { act: 'show-files', text: 'shortcut.files' },
  { act: QUIET_ACT, text: 'shortcut.quiet' },
];

/** A task of Windows' jump list, as Electron's JumpListItem has it. */
export interface JumpTask {
  readonly type: 'task';
  readonly title: string;
  readonly description: string;
  readonly program: string;
  readonly args: string;
  readonly iconPath: string;
  readonly iconIndex: number;
}

/** The tasks of the jump list; `command` is the program with its own arguments. */
export function jumpTasks(command: readonly [string, ...string[]], texts: Texts): JumpTask[] {
  const [program, ...before] = command;
  return SHORTCUTS.map(({ act, text }) => ({
    type: 'task',
    title: texts(text),
    description: texts(text),
    program,
    args: [...before.map((argument) => `"${argument}"`), ACT_SWITCH + act].join(' '),
    iconPath: program,
    iconIndex: 0,
  }));
}
