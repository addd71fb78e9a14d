import { exposeBridge } from './bridge.ts';

exposeBridge({ mayDropFiles: true });
