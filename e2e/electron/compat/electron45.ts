// Interfaces of Electron 45 that the program uses and Electron 22 has not. Loaded before it in its main process.
import './globals.ts';
import electron from 'electron';
import { addKeyring } from './keyring.ts';
import { addNetwork } from './network.ts';
import { addViews } from './views.ts';

addNetwork(electron);
addKeyring(electron.safeStorage);
addViews(electron);
