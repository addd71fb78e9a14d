// All that is tried against a real chat server without its directory of agents. The parts share one server, whose start
// costs more than most of them; each has people of its own.
import './engine/account.tests.ts';
import './engine/offline.tests.ts';
import './calls/calls.tests.ts';
import './sync/sync.tests.ts';
