import type { SourceTexts } from './dictionaries.ts';

/** Keys are checked by TypeScript; the call window adds its own namespace beside. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    returnNull: false;
  }
  interface ResourceNamespaceMap extends SourceTexts {}
}
