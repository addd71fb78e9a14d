import enApp from './en/app.json';
import enCalls from './en/calls.json';
import enChat from './en/chat.json';
import enCommon from './en/common.json';
import enDiagnostics from './en/diagnostics.json';
import enDownloads from './en/downloads.json';
import enErrors from './en/errors.json';
import enFiles from './en/files.json';
import enSalons from './en/salons.json';
import enServices from './en/services.json';
import enSettings from './en/settings.json';
import enSignin from './en/signin.json';
import frApp from './fr/app.json';
import frCalls from './fr/calls.json';
import frChat from './fr/chat.json';
import frCommon from './fr/common.json';
import frDiagnostics from './fr/diagnostics.json';
import frDownloads from './fr/downloads.json';
import frErrors from './fr/errors.json';
import frFiles from './fr/files.json';
import frSalons from './fr/salons.json';
import frServices from './fr/services.json';
import frSettings from './fr/settings.json';
import frSignin from './fr/signin.json';

/** The texts of the app window: French is the source language, English is complete. */
export const dictionaries = {
  fr: {
    common: frCommon,
    app: frApp,
    signin: frSignin,
    salons: frSalons,
    chat: frChat,
    files: frFiles,
    calls: frCalls,
    services: frServices,
    downloads: frDownloads,
    settings: frSettings,
    diagnostics: frDiagnostics,
    errors: frErrors,
  },
  en: {
    common: enCommon,
    app: enApp,
    signin: enSignin,
    salons: enSalons,
    chat: enChat,
    files: enFiles,
    calls: enCalls,
    services: enServices,
    downloads: enDownloads,
    settings: enSettings,
    diagnostics: enDiagnostics,
    errors: enErrors,
  },
} as const;

/** What TypeScript knows of the keys. */
export type SourceTexts = (typeof dictionaries)['fr'];
