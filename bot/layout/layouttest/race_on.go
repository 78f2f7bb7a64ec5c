//go:build race

package layouttest

// oneIn: the race detector makes a rendering some twenty times as slow, and
// renderings share nothing that could race.
const oneIn = 8
