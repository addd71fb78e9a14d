/** Content types by extension, as far as a salon's folder needs them. */
const types: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  xml: 'application/xml',
  json: 'application/json',
  js: 'application/javascript',
  ini: 'text/plain',
  bin: 'application/x-bin',
  zip: 'application/zip',
  gz: 'application/gzip',
  tar: 'application/x-tar',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

/** The content type of a file of that name. */
export function contentTypeOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return (dot < 0 ? undefined : types[name.slice(dot + 1).toLowerCase()]) ?? 'application/octet-stream';
}

const unsafe = new Set([
  'text/html',
  'text/css',
  'image/svg+xml',
  'application/javascript',
  'application/xml',
]);

/** The type a download is sent with: nothing a browser would run (05/05), text with its charset. */
export function downloadType(name: string): string {
  const type = contentTypeOf(name);
  const safe = unsafe.has(type) ? 'text/plain' : type;
  return safe.startsWith('text/') ? `${safe};charset=UTF-8` : safe;
}

/** Whether the default server makes a preview of such a file. */
export function hasPreview(name: string): boolean {
  return /^(text\/(plain|markdown)|image\/(png|jpeg|gif|bmp))$/.test(contentTypeOf(name));
}
