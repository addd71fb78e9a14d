/** What a file is for a person; decides its colour. */
export type FileFamily = 'text' | 'sheet' | 'slides' | 'pdf' | 'image' | 'other';

const FAMILIES: readonly (readonly [FileFamily, readonly string[]])[] = [
  ['text', ['doc', 'docx', 'odt', 'rtf', 'txt', 'md', 'pages']],
  ['sheet', ['xls', 'xlsx', 'ods', 'csv', 'numbers']],
  ['slides', ['ppt', 'pptx', 'odp', 'key']],
  ['pdf', ['pdf']],
  ['image', ['jpg', 'jpeg', 'png', 'gif', 'webp', 'svg', 'heic', 'tif', 'tiff', 'bmp', 'avif']],
];
/** Endings whose four letters are shown as the three people know. */
const SHORT: Readonly<Record<string, string>> = {
  docx: 'DOC',
  xlsx: 'XLS',
  pptx: 'PPT',
  jpeg: 'JPG',
  tiff: 'TIF',
};

/** The family of a file by the ending of its name. */
export function familyOf(name: string): FileFamily {
  const ending = endingOf(name);
  return FAMILIES.find(([, endings]) => endings.includes(ending))?.[0] ?? 'other';
}

/** Up to four letters for the tile: the ending, or nothing telling. */
export function fileLabel(name: string): string {
  const ending = endingOf(name);
  const label = SHORT[ending] ?? ending.toUpperCase();
  return label.length > 0 && label.length <= 4 ? label : '…';
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
