import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useKeyNames } from '../salons/use-key-names.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { allCommands } from './commands/index.ts';

/** Keys that belong to one place and are no commands of this window. */
const IN_PLACES = {
  go: [],
  salon: [
    ['app:keys.microphone', 'Ctrl+D'],
    ['app:keys.camera', 'Ctrl+E'],
  ],
  view: [],
  write: [
    ['app:keys.send', 'Enter'],
    ['app:keys.newLine', 'Shift+Enter'],
    ['app:keys.editLast', 'ArrowUp'],
  ],
} as const;
const GROUPS = ['go', 'view', 'salon', 'write'] as const;

/** All keys at a glance. */
export function ShortcutsDialog() {
  const words = useWords();
  const { t } = words;
  const workspace = useWorkspace();
  const commands = allCommands(workspace).filter(({ keys }) => keys.length > 0);
  return (
    <Dialog title={t('app:keys.title')} onClose={workspace.navigation.closeDialog} width={820}>
      <div className="shortcuts">
        {GROUPS.map((group) => (
          <section key={group}>
            <h2>{t(`app:keys.group.${group}`)}</h2>
            <ul>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Shortcut key={command.id} name={command.name(words)} keys={command.keys} />
                ))}
              {IN_PLACES[group].map(([name, key]) => (
                <Shortcut key={key} name={t(name)} keys={[key]} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <DialogActions>
        <Button onPress={workspace.navigation.closeDialog}>{t('common:close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Shortcut({ name, keys }: { readonly name: string; readonly keys: readonly string[] }) {
  return (
    <li className="shortcut">
      <span>{name}</span>
      <span className="shortcut-keys">
        {keys.map((key) => (
          <Keys key={key} shortcut={key} />
        ))}
      </span>
    </li>
  );
}

/** A shortcut as the keys of this computer. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className="keys">
      {useKeyNames(shortcut).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
