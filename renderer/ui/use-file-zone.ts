import { type DragEvent, useState } from 'react';

type Handlers = Readonly<
  Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void>
>;

/** A part of the page on which files may be dropped. */
export interface FileZone {
  /** Files are held over it. */
  readonly over: boolean;
  readonly handlers: Handlers;
}

/** Takes files from outside of the program that are dropped on an element; anything else is left to the page. */
export function useFileZone(onFiles: (files: readonly File[]) => void): FileZone {
  /** Entered minus left: each element under the mouse counts. */
  const [depth, setDepth] = useState(0);
  const ofFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    act(event);
  };
  return {
    over: depth > 0,
    handlers: {
      onDragEnter: ofFiles(() => setDepth((now) => now + 1)),
      onDragOver: ofFiles((event) => {
        event.dataTransfer.dropEffect = 'copy';
      }),
      onDragLeave: ofFiles(() => setDepth((now) => Math.max(0, now - 1))),
      onDrop: ofFiles((event) => {
        setDepth(0);
        onFiles([...event.dataTransfer.files]);
      }),
    },
  };
}
