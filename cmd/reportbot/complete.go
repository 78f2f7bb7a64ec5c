package main

import (
	"reportbot/bot"
	"reportbot/data"
)

// mostCompletions is how many matches Tab goes through.
const mostCompletions = 12

// completer goes through what a line may become, one at each Tab.
type completer struct {
	*bot.Completer

	line    string   // as the last completion left it
	rest    string   // behind the cursor
	matches []string // whole beginnings of a line
	at      int      // the match that is shown
}

func newCompleter(r *data.Report) *completer { return &completer{Completer: bot.NewCompleter(r)} }

// next completes a line at the cursor, a place in bytes; called again on what
// it returned, it goes on to the next match. ok is false if nothing matches.
func (c *completer) next(line string, pos int) (newLine string, newPos int, ok bool) {
	if line == c.line && len(c.matches) > 0 && pos == len(c.matches[c.at]) {
		c.at = (c.at + 1) % len(c.matches)
	} else {
		c.matches, c.rest, c.at = c.Complete(line[:pos], mostCompletions), line[pos:], 0
	}
	if len(c.matches) == 0 {
		return "", 0, false
	}
	done := c.matches[c.at]
	c.line = done + c.rest
	return c.line, len(done), true
}
