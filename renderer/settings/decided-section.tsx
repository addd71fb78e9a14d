import { useEffect, useState } from 'react';
import type { DecidedSetting } from '../../preload/contract/settings.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { CopyIcon } from '../ui/icons.ts';
import { Locked } from './locked.tsx';
import { Row, Section } from './section.tsx';

/** All that the organisation decided, to be read: for the person, and for who helps them. */
export function DecidedSection() {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const attempt = useAttempt();
  const decided = useDecided();
  if (decided.length === 0) return null;
  return (
    <Section title={t('settings:decided.title')}>
      <Row
        title={t('settings:decided.fixed')}
        hint={t('settings:decided.hint')}
        actions={
          <Button
            icon={CopyIcon}
            onPress={() => void attempt(bridge.app.copyText({ text: asText(decided) }))}
          >
            {t('settings:decided.copy')}
          </Button>
        }
      />
      <details className="decided">
        <summary>{t('settings:decided.show', { count: decided.length })}</summary>
        <ul>
          {decided.map((setting) => (
            <Decided key={setting.key} setting={setting} />
          ))}
        </ul>
      </details>
    </Section>
  );
}

function Decided({ setting: { key, group, name, value, by, place } }: { readonly setting: DecidedSetting }) {
  return (
    <li>
      <p className="settings-title">{`${group} · ${name}`}</p>
      <p className="decided-value">{value}</p>
      <div className="settings-hint">
        <Locked by={by} />
        <p className="settings-path">{place === null ? key : `${key} · ${place}`}</p>
      </div>
    </li>
  );
}

/** Asked again when a setting changes: the organisation may decide at any time. */
function useDecided(): readonly DecidedSetting[] {
  const { bridge, preferences } = useWorkspace();
  const [decided, setDecided] = useState<readonly DecidedSetting[]>([]);
  useEffect(() => {
    let isWanted = true;
    const ask = async () => {
      const outcome = await bridge.settings.decided();
      if (isWanted && outcome.ok) setDecided(outcome.value);
    };
    void ask();
    const stop = preferences.view.subscribe(() => void ask());
    return () => {
      isWanted = false;
      stop();
    };
  }, [bridge, preferences]);
  return decided;
}

/** The most that the clipboard takes at once. */
const LONGEST = 100_000;

function asText(decided: readonly DecidedSetting[]): string {
  const lines = decided.map(({ key, value, by, place }) => `${key} = ${value} (${place ?? by})`);
  return lines.join('\n').slice(0, LONGEST);
}
