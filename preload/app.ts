import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('traboule', {});
