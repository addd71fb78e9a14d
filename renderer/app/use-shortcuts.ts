import { useEffect } from 'react';
import type { Workspace } from '../salons/stores/workspace.ts';
import { isTyped, matches } from '../ui/keys.ts';
import { allCommands, MENU_COMMANDS, perform } from './commands/index.ts';
import { followOpenings } from './opening.ts';
import { focusFirstPane, focusPane } from './panes.ts';

/** Hears keys, the menu and what the system asks to open, and does what they ask for. */
export function useShortcuts(workspace: Workspace): void {
  useEffect(() => {
    const commands = allCommands(workspace);
    const mac = workspace.info.platform === 'macos';
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (isModal(workspace)) return leaveQuestion(event);
      if (isTyped(event) && isWriting(event.target)) return;
      const command = commands.find(({ keys }) => keys.some((key) => matches(event, key, mac)));
      if (command && perform(command, workspace)) event.preventDefault();
    };
    const stops = [
      workspace.bridge.app.on('command', ({ command: name }) => {
        const command = commands.find(({ id }) => id === MENU_COMMANDS[name]);
        if (command) perform(command, workspace);
      }),
      workspace.bridge.services.on('left', ({ step }) => focusPane(document, step)),
      followOpenings(workspace),
    ];
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      for (const stop of stops) stop();
    };
  }, [workspace]);
}

/** From a question that is open only a ringing call is reached. */
function leaveQuestion(event: KeyboardEvent): void {
  if (event.key === 'F6' && focusFirstPane(document)) event.preventDefault();
}

/** While a question is open its keys are its own. */
function isModal({ navigation }: Workspace): boolean {
  return navigation.place.get().dialog !== null || document.querySelector('.veil') !== null;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input, textarea, [contenteditable="true"], [role="listbox"]')
  );
}
