// What the page's scripts, written for Chromium 150, miss in Chromium 108.
import 'core-js/actual';
