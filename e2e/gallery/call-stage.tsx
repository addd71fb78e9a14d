import '@fontsource-variable/atkinson-hyperlegible-next';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import type { BrandView } from '../../preload/contract/brand.ts';
import type { CallContext, ScreenSource } from '../../preload/contract/calls.ts';
import { bridgeTo } from '../../renderer/bridge.ts';
import { paintCall } from '../../renderer/calls/window/call-colours.ts';
import { CallModel } from '../../renderer/calls/window/call-model.ts';
import { CallWindow } from '../../renderer/calls/window/call-window.tsx';
import { CameraPreview } from '../../renderer/calls/window/camera-preview.ts';
import {
  ConferenceError,
  type ConferenceEvent,
  type OpenConference,
} from '../../renderer/calls/window/conference.ts';
import { focusNextRegion } from '../../renderer/calls/window/regions.ts';
import { callDictionaries } from '../../renderer/calls/window/words.ts';
import { startI18n } from '../../renderer/i18n/index.ts';
import { Announcer } from '../../renderer/ui/announcer.tsx';
import '../../renderer/ui/tokens.css';
import '../../renderer/ui/base.css';
import '../../renderer/calls/window/call-window.css';
import '../../renderer/calls/window/panes.css';
import { faces } from './call-faces.ts';
import { FakeMain } from './fake-main.ts';
import type { CallScene } from './scenes-call.ts';
import { conference, RUGBY } from './world/salons.ts';

/** The call window of a scene, with what plays main and the conference. */
export interface CallStage {
  readonly model: CallModel;
  /** Something happens in the conference. */
  readonly tell: (event: ConferenceEvent) => void;
  /** The conference asked for a screen: main offers these. */
  readonly offer: (sources: readonly ScreenSource[]) => void;
}

/** How long the calls of the scenes have been going on, whenever they are looked at. */
const GOING_ON_MS = 768_000;

/** Shows the call window in a state; the conference is scripted and its people are painted. */
export async function showCall(
  root: Element,
  scene: CallScene,
  language: 'fr' | 'en',
  brand: BrandView,
): Promise<void> {
  const now = Date.now();
  Date.now = () => now;
  document.documentElement.dataset['theme'] = 'dark';
  paintCall(document.documentElement, brand.colours);
  const i18n = startI18n(language, callDictionaries);
  const { stage, asked } = stageOf(scene, language, brand);
  createRoot(root).render(
    <I18nextProvider i18n={i18n}>
      <CallWindow model={stage.model} announcer={new Announcer()} />
    </I18nextProvider>,
  );
  await asked;
  await scene.after?.(stage);
}

/** `asked` comes true once the window has asked for its conference. */
function stageOf(scene: CallScene, language: 'fr' | 'en', brand: BrandView) {
  const main = new FakeMain({ callWindow: mainSide(scene, language, brand) });
  const asked = Promise.withResolvers<void>();
  let tell: CallStage['tell'] = () => undefined;
  const open: OpenConference = async (_call, wishes, parent, listener) => {
    setTimeout(asked.resolve);
    if (scene.problem) throw new ConferenceError(scene.problem);
    parent.replaceChildren(faces());
    tell = listener;
    return { run: () => undefined, devices: async () => wishes, dispose: () => parent.replaceChildren() };
  };
  const model = new CallModel({
    context: contextOf(scene, language, brand),
    bridge: bridgeTo(main.api, ['callWindow']).callWindow,
    open,
    preview: new CameraPreview(async () => new MediaStream()),
    announce: () => undefined,
    focusNextPane: () => focusNextRegion(document),
    now: () => Date.now() - GOING_ON_MS,
  });
  const stage: CallStage = {
    model,
    tell: (event) => tell(event),
    offer: (sources) => main.emit('callWindow', 'sourcesOffered', { sources: [...sources] }),
  };
  return { stage, asked: asked.promise };
}

function mainSide(scene: CallScene, language: 'fr' | 'en', brand: BrandView) {
  return {
    context: () => contextOf(scene, language, brand),
    place: () => ({ conference, jwt: null }),
    diagnose: () => undefined,
    report: () => undefined,
    showConversation: () => undefined,
    setCompact: () => undefined,
    close: () => undefined,
    chooseSource: () => undefined,
  };
}

function contextOf({ muted = false }: CallScene, language: 'fr' | 'en', brand: BrandView): CallContext {
  return {
    salonId: RUGBY,
    salonName: 'Coupe du monde de rugby',
    displayName: 'Nadia Benali',
    domain: conference.domain,
    audioOnly: muted,
    language,
    reducedEffects: false,
    startMuted: muted,
    lobby: false,
    videoHeight: 720,
    brand: { productName: brand.productName, logo: brand.logo, colours: brand.colours },
  };
}
