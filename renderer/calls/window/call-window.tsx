import { lazy, Suspense, useEffect } from 'react';
import { type Announcer, LiveRegions } from '../../ui/announcer.tsx';
import { useStore } from '../../ui/store.ts';
import type { CallModel } from './call-model.ts';
import { Controls } from './controls.tsx';
import { Header } from './header.tsx';
import { LobbyBanner } from './lobby-banner.tsx';
import { PeoplePane } from './people-pane.tsx';
import { PreviewTile } from './preview-tile.tsx';
import { ProblemScreen } from './problem-screen.tsx';
import { commandOf } from './shortcuts.ts';
import { TroubleNotice } from './trouble-notice.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { useCallWords } from './words.ts';

/** Comes when it is asked for: it is the heaviest part, and few calls need it. */
const SourcePicker = lazy(async () => ({ default: (await import('./source-picker.tsx')).SourcePicker }));

interface Props {
  readonly model: CallModel;
  readonly announcer: Announcer;
}

/** The whole call window. The conference's frame is mounted once and only hidden, so that no change reloads it. */
export function CallWindow({ model, announcer }: Props) {
  const t = useCallWords();
  const { stage, pane, compact } = useStore(model.state);
  const sources = useStore(model.sources);
  useShortcuts(model);
  useKeptFocus();
  const shown = stage.name === 'joined' || stage.name === 'door';
  return (
    <div className="call" data-compact={compact || undefined}>
      <Header model={model} />
      <main className="call-stage" aria-busy={stage.name === 'connecting'}>
        <div
          className="conference"
          ref={(element) => void (element && model.mount(element))}
          data-shown={shown}
        />
        {stage.name === 'connecting' && <PreviewTile model={model} />}
        {stage.name === 'leaving' && <p className="call-bye">{t('leaving')}</p>}
        {stage.name === 'failed' && <ProblemScreen model={model} problem={stage.problem} />}
        {pane === 'people' && <PeoplePane model={model} />}
        <LobbyBanner model={model} />
        <TroubleNotice model={model} />
      </main>
      {stage.name !== 'failed' && stage.name !== 'leaving' && <Controls model={model} />}
      {sources && (
        <Suspense>
          <SourcePicker sources={sources} onChoose={model.chooseSource} />
        </Suspense>
      )}
      <LiveRegions announcer={announcer} />
    </div>
  );
}

function useShortcuts(model: CallModel): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (!command || event.defaultPrevented) return;
      event.preventDefault();
      if (!event.repeat) model.perform(command);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [model]);
}
