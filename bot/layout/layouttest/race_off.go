//go:build !race

package layouttest

const oneIn = 1
