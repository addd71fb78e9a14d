import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type PreloadApi, WIRE } from './contract/wire.ts';

type Listener = (payload: unknown) => void;

/** Puts the bridge on `window.traboule`. A page that may not drop files gets no tokens for any. */
export function exposeBridge(options: { readonly mayDropFiles: boolean }): void {
  const listeners = new Map<string, Set<Listener>>();
  ipcRenderer.on(WIRE.event, (_event, channel: string, payload: unknown) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  });

  const api: PreloadApi = {
    invoke: (channel, payload) => ipcRenderer.invoke(WIRE.request, channel, payload),
    subscribe: (channel, listener) => {
      const those = listeners.get(channel) ?? new Set<Listener>();
      listeners.set(channel, those.add(listener));
      return () => {
        those.delete(listener);
      };
    },
    offer: async (files) => {
      if (!options.mayDropFiles) return files.map(() => null);
      return ipcRenderer.invoke(
        WIRE.offer,
        files.map((file) => webUtils.getPathForFile(file)),
      );
    },
  };
  contextBridge.exposeInMainWorld('traboule', api);
}
