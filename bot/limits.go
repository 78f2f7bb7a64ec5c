package bot

import (
	"fmt"
	"sync"
	"time"
)

// window is how long a limit counts.
const window = time.Minute

// limiter counts questions by person and by channel in windows of a minute. In
// a new window everybody begins at nothing, so that it holds no more than one
// window's askers. Replicas count each for themselves.
type limiter struct {
	limits Limits
	now    func() time.Time

	mu    sync.Mutex
	began time.Time
	count map[string]int
}

// verdict is what is to become of a question.
type verdict int

const (
	allowed verdict = iota
	told            // over the limit, and to be told so
	silent          // over the limit, and told so before in this window
)

// ask counts a question. rest is how long the window still lasts, limit the
// limit that was passed.
func (l *limiter) ask(person, channel string) (v verdict, limit int, rest time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if passed := now.Sub(l.began); l.count == nil || passed >= window || passed < 0 {
		l.began, l.count = now, map[string]int{}
	}
	rest = l.began.Add(window).Sub(now)
	if v := l.over("p"+person, l.limits.PersonPerMinute); v != allowed {
		return v, l.limits.PersonPerMinute, rest
	}
	return l.over("c"+channel, l.limits.ChannelPerMinute), l.limits.ChannelPerMinute, rest
}

func (l *limiter) over(key string, limit int) verdict {
	l.count[key]++
	switch n := l.count[key]; {
	case n <= limit:
		return allowed
	case n == limit+1:
		return told
	}
	return silent
}

// tooMany is the reply to a question over the limit.
func tooMany(limit int, rest time.Duration) Reply {
	seconds := int(rest.Round(time.Second) / time.Second)
	return say(fmt.Sprintf("That is more than the %d questions that I take in a minute here, so this one is not answered. Please ask again in %s.",
		limit, plural(max(1, seconds), "second")))
}

// tooLong is the reply to a question that is too long.
func tooLong(length, limit int) Reply {
	return say(fmt.Sprintf("That message has %d characters, and I read questions of up to %d. Please ask in fewer words; one question a message works best.", length, limit))
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
