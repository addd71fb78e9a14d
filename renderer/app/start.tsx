import { type ReactNode, startTransition, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { AppBridge } from '../bridge.ts';
import { dictionaries } from '../i18n/dictionaries.ts';
import { type Language, languageOf, startI18n, wordsOf } from '../i18n/index.ts';
import { WordsProvider } from '../i18n/words-provider.tsx';
import type { ChatPort } from '../salons/stores/chat-port.ts';
import type { PageDatabase } from '../salons/stores/page-database.ts';
import type { ViewMemory } from '../salons/stores/view-memory.ts';
import { Workspace } from '../salons/stores/workspace.ts';
import { WorkspaceProvider } from '../salons/stores/workspace-context.tsx';
import type { Clock } from '../ui/clock.ts';
import { Disposables } from '../ui/disposables.ts';
import { watchLayout } from '../ui/layout.ts';
import { Theme } from '../ui/theme.ts';
import { App } from './app.tsx';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css';
import '../ui/tokens.css';
import '../ui/base.css';

/** What the page is started with. */
export interface Start {
  readonly root: Element;
  readonly bridge: AppBridge;
  readonly chat: ChatPort;
  readonly clock: Clock;
  readonly memory: ViewMemory;
  readonly database: PageDatabase;
}

/** The running interface; `dispose` ends all of it. */
export interface Running {
  readonly workspace: Workspace;
  /** Resolves when the interface is in the page and hears keys. */
  readonly drawn: Promise<void>;
  readonly dispose: () => void;
}

/** Main did not answer the first questions: nothing can be shown. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** Asks main what to look like, joins the stores and shows the interface. */
export async function startApp({ root, ...rest }: Start): Promise<Running> {
  const { bridge } = rest;
  const [info, settings, account] = await Promise.all([
    bridge.app.info(),
    bridge.settings.get(),
    bridge.accounts.state(),
  ]);
  if (!info.ok || !settings.ok || !account.ok) throw new StartError('main does not answer');
  const disposables = new Disposables();
  const language = (): Language =>
    languageOf(workspace.preferences.view.get().values.language, info.value.language);
  const { layout, dispose: stopLayout } = watchLayout(window);
  const i18n = startI18n(languageOf(settings.value.values.language, info.value.language), dictionaries);
  const workspace = new Workspace({
    ...rest,
    info: info.value,
    settings: settings.value,
    account: account.value,
    layout,
    speak: (phrase) => phrase(wordsOf(i18n)),
  });
  const theme = new Theme(document, window);
  theme.brand(info.value.brand.colours);
  theme.still(info.value.reducedEffects);
  const applySettings = () => {
    theme.choose(workspace.preferences.view.get().values.theme);
    if (i18n.language !== language()) void i18n.changeLanguage(language());
  };
  applySettings();
  document.title = info.value.brand.productName;
  const shown = createRoot(root);
  const drawn = Promise.withResolvers<void>();
  // As a transition the first drawing leaves the thread free every few milliseconds, and takes no longer.
  startTransition(() =>
    shown.render(
      <WordsProvider instance={i18n}>
        <WorkspaceProvider workspace={workspace}>
          <App />
          <Drawn tell={drawn.resolve} />
        </WorkspaceProvider>
      </WordsProvider>,
    ),
  );
  disposables.add(
    stopLayout,
    theme.dispose,
    workspace.dispose,
    workspace.preferences.view.subscribe(applySettings),
  );
  disposables.add(() => shown.unmount());
  void workspace.load();
  return { workspace, drawn: drawn.promise, dispose: disposables.dispose };
}

/** Comes last, so that what is before it has done its effects when it does its own: listening, taking the focus. */
function Drawn({ tell }: { readonly tell: () => void }): ReactNode {
  useEffect(tell, [tell]);
  return null;
}
