import '@fontsource-variable/atkinson-hyperlegible-next';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { config } from 'zod/mini';
import type { CallContext } from '../../../preload/contract/calls.ts';
import type { PreloadApi } from '../../../preload/contract/wire.ts';
import { bridgeTo } from '../../bridge.ts';
import { startI18n } from '../../i18n/index.ts';
import { Announcer } from '../../ui/announcer.tsx';
import '../../ui/tokens.css';
import '../../ui/base.css';
import { paintCall } from './call-colours.ts';
import { type CallBridge, CallModel } from './call-model.ts';
import { CallWindow } from './call-window.tsx';
import { CameraPreview } from './camera-preview.ts';
import { openJitsi } from './jitsi-conference.ts';
import { focusNextRegion } from './regions.ts';
import { callDictionaries } from './words.ts';
import './call-window.css';
import './panes.css';

/** What the call window's preload exposes. */
declare global {
  interface Window {
    readonly traboule: PreloadApi;
  }
}

// The page's policy allows no code made at run time, which zod would otherwise try.
config({ jitless: true });

const bridge: CallBridge = bridgeTo(window.traboule, ['callWindow']).callWindow;
const outcome = await bridge.context();
if (outcome.ok) show(outcome.value);
else void bridge.close();

function show(context: CallContext): void {
  const i18n = startI18n(context.language, callDictionaries);
  const t = i18n.getFixedT(context.language, 'call');
  document.title = t('title', { salon: context.salonName, product: context.brand.productName });
  paintCall(document.documentElement, context.brand.colours);
  if (context.reducedEffects) document.documentElement.dataset['motion'] = 'none';
  const announcer = new Announcer();
  const model = new CallModel({
    context,
    bridge,
    open: openJitsi,
    preview: new CameraPreview(),
    announce: ({ key, name = '', urgent }) =>
      announcer.say(t(key, { name: name || t('guest') }), urgent ? 'assertive' : 'polite'),
    focusNextPane: () => focusNextRegion(document),
    now: Date.now,
  });
  window.addEventListener('pagehide', model.dispose);
  const root = document.querySelector('#root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <I18nextProvider i18n={i18n}>
      <CallWindow model={model} announcer={announcer} />
    </I18nextProvider>,
  );
}
