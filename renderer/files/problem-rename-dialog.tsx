import { type FormEvent, useState } from 'react';
import type { ContractError } from '../../preload/contract/channel.ts';
import type { ProblemCode } from '../../preload/contract/files.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { fileName } from '../ui/file-name.ts';
import { suggestedName } from './problem-name.ts';
import './problem-list.css';

interface Props {
  readonly salonId: string;
  readonly path: string;
  readonly code: ProblemCode;
}

/** Another name for a file that can't keep its own; a possible one is suggested. */
export function RenameDialog({ salonId, path, code }: Props) {
  const words = useWords();
  const { t } = words;
  const { folders, navigation } = useWorkspace();
  const old = fileName(path);
  const [name, setName] = useState(() => suggestedName(old, code));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ContractError | null>(null);
  const said = errorWords({ from: 'file', code, detail: '' }, words);
  const wrong = error && errorWords({ from: 'main', error }, words);
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const outcome = await folders.rename(salonId, path, name.trim());
    setBusy(false);
    if (outcome.ok) navigation.closeDialog();
    else setError(outcome.error);
  };
  return (
    <Dialog title={t('files:rename.title')} subtitle={old} onClose={navigation.closeDialog}>
      <form className="rename" onSubmit={(event) => void rename(event)}>
        <p>
          {said.title}. {said.kept}
        </p>
        <TextField
          label={t('files:rename.label')}
          value={name}
          onChange={setName}
          focusFirst
          maxLength={255}
          spellCheck={false}
          error={wrong && `${wrong.title}. ${wrong.action}`}
        />
        <DialogActions>
          <Button onPress={navigation.closeDialog}>{t('common:cancel')}</Button>
          <Button tone="primary" type="submit" isDisabled={busy || name.trim() === ''}>
            {t('files:act.rename')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
