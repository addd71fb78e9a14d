// What every process of a ported program loads first: compiled scripts are kept from here on, then what Node 16 misses.
import './compiled.ts';
import './web-globals.ts';
