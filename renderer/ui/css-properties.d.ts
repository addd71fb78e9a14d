import 'react';

/** Our own properties that components set: `style={{ '--list-width': '300px' }}`. */
declare module 'react' {
  interface CSSProperties {
    '--list-width'?: string;
    '--tree-indent'?: string;
  }
}
