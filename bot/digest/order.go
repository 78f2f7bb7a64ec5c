package digest

import (
	"slices"
	"strings"
	"time"
)

// Act is what somebody wants done with the digests of a channel.
type Act string

// The acts.
const (
	Set     Act = "set"
	List    Act = "list"
	Preview Act = "preview"
	Pause   Act = "pause"
	Resume  Act = "resume"
	Remove  Act = "remove"
	History Act = "history"
)

// Order is what somebody wants, as they wrote it.
type Order struct {
	Act      Act
	Schedule Schedule // of Set
	Zoned    bool     // a zone was named; else Schedule.Zone is not set
	About    string   // the topic as it was written; empty: none
	Without  []Section
}

// String is the order as one would write it, the topic aside.
func (o Order) String() string {
	text := "digest " + string(o.Act)
	if o.Act == Set {
		text = "digest " + o.Schedule.Days.String() + " " + o.Schedule.At.String()
		if o.Zoned {
			text += " " + o.Schedule.Zone.Name()
		}
	}
	if len(o.Without) > 0 {
		text += " without " + Words(o.Without)
	}
	return text
}

// Section is a part of a digest that can be left out.
type Section string

// The sections, in their order.
const (
	SubjectSection Section = "subject" // a row of the tables with all its figures
	FindingSection Section = "finding" // a finding of the prose
	ReadingSection Section = "reading" // how the figures are to be read
	AskedSection   Section = "asked"   // what was asked in the channel
)

// Sections are all of them.
func Sections() []Section {
	return []Section{SubjectSection, FindingSection, ReadingSection, AskedSection}
}

// sectionOf is the section that a word names, empty for none.
func sectionOf(word string) Section {
	switch strings.TrimSuffix(word, "s") {
	case "subject", "country", "countrie", "profile":
		return SubjectSection
	case "finding", "prose", "text":
		return FindingSection
	case "reading", "explanation", "note", "sign":
		return ReadingSection
	case "asked", "question", "activity":
		return AskedSection
	}
	return ""
}

// Word is what the section is called by people, as in "without questions".
func (s Section) Word() string {
	switch s {
	case SubjectSection:
		return "country"
	case AskedSection:
		return "questions"
	}
	return string(s)
}

// Words are sections in words.
func Words(sections []Section) string {
	var names []string
	for _, s := range sections {
		names = append(names, s.Word())
	}
	return strings.Join(names, " and ")
}

// Usage are the ways to write an order to set a digest up, with a topic that there is.
func Usage(topic string) []string {
	return []string{
		"digest daily 09:00 Europe/Paris", "digest weekdays 8:30am", "digest mondays 09:00 about " + topic, "digest daily 09:00 without questions",
	}
}

// ParseOrder reads an order, the words behind "digest". Errors: *Problem,
// *UnknownZoneError.
func ParseOrder(text string) (Order, error) {
	words := strings.Fields(strings.ToLower(strings.NewReplacer(",", " ", ";", " ").Replace(text)))
	for len(words) > 0 && (words[0] == "set" || words[0] == "add" || words[0] == "every" && len(words) > 1 && words[1] == "day") {
		if words[0] == "every" {
			words = append([]string{"daily"}, words[2:]...)
			break
		}
		words = words[1:]
	}
	var o Order
	var err error
	if words, err = o.takeClauses(words); err != nil {
		return Order{}, err
	}
	if len(words) == 0 {
		o.Act = List
		return o, nil
	}
	if act := actOf(words[0]); act != "" {
		o.Act = act
		if len(words) > 1 {
			return Order{}, problem("I do not know what %q means behind %q. Name the topic behind \"about\", as in: digest %s about everything", strings.Join(words[1:], " "), words[0], words[0])
		}
		return o, nil
	}
	o.Act = Set
	return o, o.takeSchedule(words)
}

// Wish finds an order in a sentence: "please post the digest every weekday at 9",
// "stop the digest". ok is false for a text that speaks of no digest, or has
// something in it that is no order.
func Wish(text string) (order string, ok bool) {
	words := strings.Fields(strings.ToLower(strings.Trim(text, " .!?")))
	at := slices.IndexFunc(words, func(w string) bool { return w == "digest" || w == "digests" })
	if at < 0 {
		return "", false
	}
	end := slices.IndexFunc(words, func(w string) bool { return w == "about" || w == "without" })
	if end < 0 {
		end = len(words)
	}
	var kept []string
	for i, word := range words {
		if i >= end || i != at && !polite(word) {
			kept = append(kept, word)
		}
	}
	order = strings.Join(kept, " ")
	_, err := ParseOrder(order)
	return order, err == nil
}

// polite says whether a word stands around an order without changing it.
func polite(word string) bool {
	switch strings.Trim(word, ",") {
	case "please", "could", "can", "would", "you", "i", "we", "us", "me", "want", "like", "to", "d", "i'd", "we'd", "a", "an", "the", "this", "our", "my",
		"set", "up", "start", "send", "give", "get", "post", "make", "subscribe", "here", "channel", "for", "of", "from", "digests", "report", "new", "with", "what", "is", "are", "does", "when", "there", "any", "have":
		return true
	}
	return false
}

// actOf is the act that a word asks for, empty for none.
func actOf(word string) Act {
	switch word {
	case "stop", "delete", "unsubscribe", "off", "end":
		return Remove
	case "show", "status":
		return List
	case "unpause", "continue", "restart":
		return Resume
	case "log":
		return History
	}
	if act := Act(word); slices.Contains([]Act{List, Preview, Pause, Resume, Remove, History}, act) {
		return act
	}
	return ""
}

// takeClauses takes "about …" and "without …" out of the words.
func (o *Order) takeClauses(words []string) ([]string, error) {
	at := slices.IndexFunc(words, func(w string) bool { return w == "about" || w == "without" })
	if at < 0 {
		return words, nil
	}
	rest := words[at:]
	for len(rest) > 0 {
		clause, end := rest[0], len(rest)
		if next := slices.IndexFunc(rest[1:], func(w string) bool { return w == "about" || w == "without" }); next >= 0 {
			end = next + 1
		}
		said := rest[1:end]
		if len(said) == 0 {
			return nil, problem("Something is missing behind %q.", clause)
		}
		if clause == "about" {
			o.About = strings.Join(said, " ")
		} else if err := o.leaveOut(said); err != nil {
			return nil, err
		}
		rest = rest[end:]
	}
	return words[:at], nil
}

func (o *Order) leaveOut(said []string) error {
	for _, word := range said {
		if word == "the" || word == "and" {
			continue
		}
		s := sectionOf(word)
		if s == "" {
			return problem("A digest has no part called %q. What can be left out: country, finding, reading, questions.", word)
		}
		if !slices.Contains(o.Without, s) {
			o.Without = append(o.Without, s)
		}
	}
	if len(o.Without) == len(Sections()) {
		return problem(NothingLeft)
	}
	return nil
}

// NothingLeft is what is said where all sections are to be left out.
const NothingLeft = "Nothing would be left of the digest."

const dayExamples = "say daily, weekdays, or days such as mondays and thursdays"

// takeSchedule reads days, a time and a zone, in any order.
func (o *Order) takeSchedule(words []string) error {
	var zone []string
	timed := false
	for rest := words; len(rest) > 0; {
		days, behind := readDays(rest)
		switch {
		case days != 0 && o.Schedule.Days == 0:
			o.Schedule.Days, rest = days, behind
		case !timed && clockLike(rest):
			at, behind, err := readClock(withoutAt(rest))
			if err != nil && o.Schedule.Days != 0 {
				return err
			}
			if err != nil {
				return notScheduled(words)
			}
			o.Schedule.At, timed, rest = at, true, behind
		default:
			zone, rest = append(zone, rest[0]), rest[1:]
		}
	}
	if o.Schedule.Days == 0 {
		return notScheduled(words)
	}
	if !timed {
		o.Schedule.At = usualTime
	}
	return o.takeZone(zone)
}

// clockLike says whether words begin as a time does.
func clockLike(words []string) bool {
	switch word := withoutAt(words)[0]; word {
	case "noon", "midday", "midnight", "half", "quarter":
		return true
	default:
		return word[0] >= '0' && word[0] <= '9'
	}
}

func withoutAt(words []string) []string {
	if words[0] == "at" && len(words) > 1 {
		return words[1:]
	}
	return words
}

// notScheduled says why words set no digest up.
func notScheduled(words []string) error {
	said := strings.Join(words, " ")
	switch words[0] {
	case "every", "each", "hourly", "weekly", "monthly":
		return problem("A digest comes at most once a day: %s.", dayExamples)
	}
	if clockLike(words) {
		return problem("On which days? Please %s, as in: digest daily %s", dayExamples, strings.Join(withoutAt(words), " "))
	}
	return problem("I do not know what %q means here. To set a digest up, %s, then the time and the zone, as in: digest daily 09:00 Europe/Paris", said, dayExamples)
}

// usualTime is when a digest comes whose time was not said.
const usualTime Clock = 9 * hour

func (o *Order) takeZone(words []string) (err error) {
	for len(words) > 0 && (words[0] == "in" || words[0] == "local") {
		words = words[1:]
	}
	for len(words) > 0 && (words[len(words)-1] == "time" || words[len(words)-1] == "zone") {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return nil
	}
	o.Zoned = true
	o.Schedule.Zone, err = LoadZone(strings.Join(words, " "))
	return err
}

// readDays reads the days that words begin with, and gives the words behind
// them; none are no days.
func readDays(words []string) (Days, []string) {
	var days Days
	i := 0
	for i < len(words) {
		word := words[i]
		switch {
		case word == "and" || word == "&" || word == "on":
			if i+1 == len(words) || dayWord(words[i+1]) == 0 {
				return days, words[i:]
			}
		case word == "every" || word == "each":
			if i+1 == len(words) || dayWord(words[i+1]) == 0 {
				return 0, words
			}
		case dayWord(word) != 0:
			days |= dayWord(word)
		default:
			return days, words[i:]
		}
		i++
	}
	return days, nil
}

// dayWord is the days that a word stands for: a day of the week, also shortened,
// a span such as mon-fri, or a usual set.
func dayWord(word string) Days {
	if from, to, ok := strings.Cut(word, "-"); ok {
		return span(from, to)
	}
	switch word {
	case "daily", "day", "everyday", "morning":
		return Daily
	case "weekday", "weekdays", "workday", "workdays", "working-days":
		return Weekdays
	case "weekend", "weekends":
		return Weekends
	}
	short := strings.TrimSuffix(word, "s")
	for w := range 7 {
		name := strings.ToLower(time.Weekday(w).String())
		if len(short) >= 3 && strings.HasPrefix(name, short) {
			return 1 << w
		}
	}
	return 0
}

func span(from, to string) Days {
	a, b := dayWord(from), dayWord(to)
	if a.count() != 1 || b.count() != 1 {
		return 0
	}
	days := a
	for a != b {
		if a <<= 1; a > Daily {
			a = 1
		}
		days |= a
	}
	return days
}
