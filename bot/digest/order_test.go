package digest

import (
	"errors"
	"strings"
	"testing"
)

// TestOrdersInTheWaysOfPeople: each line is read as the one behind the arrow.
func TestOrdersInTheWaysOfPeople(t *testing.T) {
	for text, want := range map[string]string{
		"daily 09:00 Europe/Paris":                  "daily 09:00 Europe/Paris",
		"weekdays 8:30am":                           "weekdays 08:30 UTC",
		"Mondays 09:00 about Western Europe":        "mondays 09:00 UTC about western europe",
		"every day at 9 in Paris":                   "daily 09:00 Europe/Paris",
		"daily noon europe/berlin":                  "daily 12:00 Europe/Berlin",
		"daily 09:00 Paris":                         "daily 09:00 Europe/Paris",
		"daily in Kathmandu at 5.45 pm":             "daily 17:45 Asia/Kathmandu",
		"at 9am every weekday":                      "weekdays 09:00 UTC",
		"09:00 daily":                               "daily 09:00 UTC",
		"mon-fri 0730 America/New_York":             "weekdays 07:30 America/New_York",
		"mon, wed and fri 9h30":                     "mondays and wednesdays and fridays 09:30 UTC",
		"every Tuesday and Thursday 12am":           "tuesdays and thursdays 00:00 UTC",
		"weekends half past 8 pm new york time":     "weekends 20:30 America/New_York",
		"daily quarter to 9":                        "daily 08:45 UTC",
		"daily 12 pm":                               "daily 12:00 UTC",
		"daily 9 o'clock":                           "daily 09:00 UTC",
		"daily 9:00 p.m.":                           "daily 21:00 UTC",
		"daily":                                     "daily 09:00 UTC",
		"set daily 21h":                             "daily 21:00 UTC",
		"sat-mon midnight":                          "mondays and saturdays and sundays 00:00 UTC",
		"daily 9 without questions about returnees": "daily 09:00 UTC about returnees without asked",
		"daily 9 about women, children without the finding and questions": "daily 09:00 UTC about women children without finding asked",
		"":                     "list",
		"status":               "list",
		"preview":              "preview",
		"stop about returnees": "remove about returnees",
		"RESUME":               "resume",
		"history":              "history",
	} {
		o, err := ParseOrder(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := written(o); got != want {
			t.Errorf("%q is read as %q, not as %q", text, got, want)
		}
	}
}

// written is an order as one would write it.
func written(o Order) string {
	text := string(o.Act)
	if o.Act == Set {
		text = o.Schedule.String()
	}
	if o.About != "" {
		text += " about " + o.About
	}
	if len(o.Without) > 0 {
		text += " without"
		for _, s := range o.Without {
			text += " " + string(s)
		}
	}
	return text
}

// TestOrdersThatAreNone say in a sentence what is wrong, and what to write.
func TestOrdersThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"daily 25:00":               "hours go from 0 to 23",
		"daily 9:75":                "minutes go from 00 to 59",
		"daily 24:00":               "write 00:00",
		"daily 13pm":                "hours go from 1 to 12",
		"daily 0am":                 "hours go from 1 to 12",
		"daily 9x":                  "is no time of the day",
		"daily half past":           "half past",
		"9":                         "On which days?",
		"noon":                      "On which days?",
		"every 5 minutes":           "at most once a day",
		"hourly":                    "at most once a day",
		"daily 09:00 Mars/Phobos":   `no time zone "mars/phobos"`,
		"daily 09:00 Europe/Bertin": "Europe/Berlin",
		"daily 09:00 PST":           "America/Los_Angeles",
		"daily 09:00 Pris":          "Europe/Paris",
		"daily 09:00 about":         "missing behind",
		"daily 09:00 without":       "missing behind",
		"daily 09:00 without jokes": `no part called "jokes"`,
		"daily without country finding reading questions": "Nothing would be left",
		"pause tomorrow": "digest pause about",
		"please":         "I do not know what",
	} {
		_, err := ParseOrder(text)
		var wrong *Problem
		var zone *UnknownZoneError
		switch {
		case err == nil:
			t.Errorf("%q is taken", text)
		case !errors.As(err, &wrong) && !errors.As(err, &zone):
			t.Errorf("%q: %T", text, err)
		case !strings.Contains(err.Error(), want):
			t.Errorf("%q: %s; want %q in it", text, err, want)
		}
	}
}

// TestUsageIsUnderstood: what help shows is read.
func TestUsageIsUnderstood(t *testing.T) {
	for _, line := range Usage("everything") {
		text, ok := strings.CutPrefix(line, "digest ")
		if _, err := ParseOrder(text); err != nil || !ok {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func FuzzParseOrder(f *testing.F) {
	for _, line := range Usage("everything") {
		f.Add(strings.TrimPrefix(line, "digest "))
	}
	f.Add("every 5 minutes")
	f.Add("mon-fri at half past 8 p.m. in new york time about a without b")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := ParseOrder(text)
		if err != nil || o.Act != Set {
			return
		}
		again, err := ParseOrder(o.Schedule.String())
		if err != nil || again.Schedule.String() != o.Schedule.String() {
			t.Errorf("%q is read as %s, and that as %s, %v", text, o.Schedule, again.Schedule, err)
		}
	})
}

func TestClocksAreStoredAndRead(t *testing.T) {
	for c := range Clock(24 * 60) {
		var back Clock
		if err := back.UnmarshalText([]byte(c.String())); err != nil || back != c {
			t.Errorf("%s is read as %s, %v", c, back, err)
		}
	}
	for _, text := range []string{"", "9:00", "24:00", "12:60", "1a:00", "12-00", "-1:00", "12:0/", "009:00"} {
		if err := new(Clock).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

// TestWishes are orders in a sentence; what has more in it than an order is none.
func TestWishes(t *testing.T) {
	for text, want := range map[string]string{
		"please post the digest every weekday at 9":         "weekdays 09:00 UTC",
		"Can you send us a daily digest at 8:30am, please?": "daily 08:30 UTC",
		"stop the digest":                                     "remove",
		"pause our digest about returnees":                    "pause about returnees",
		"what digests are there":                              "list",
		"we'd like a digest on mondays in Berlin about women": "mondays 09:00 Europe/Berlin about women",
		"subscribe this channel to the daily digest":          "daily 09:00 UTC",
	} {
		order, ok := Wish(text)
		o, err := ParseOrder(order)
		if got := written(o); !ok || err != nil || got != want {
			t.Errorf("%q is %q (%v, %v), not %q", text, got, ok, err, want)
		}
	}
	for _, text := range []string{
		"how many women went from Denmark", "a digest of the findings", "can you digest the figures of France for me", "reader's digest", "digest what it says about women in combat roles",
	} {
		if order, ok := Wish(text); ok {
			t.Errorf("%q is taken as %q", text, order)
		}
	}
}
