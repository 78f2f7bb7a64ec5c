package config

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestSizeReads(t *testing.T) {
	for text, want := range map[string]Size{
		"0": 0, "12": 12, "12B": 12, "256MB": 256e6, "64KiB": 65536, "1GB": 1e9, "1GiB": 1 << 30, "2TB": 2e12, "1TiB": 1 << 40,
		"5 mb": 5e6, "3kb": 3000, "-1": -1, "-2KiB": -2048, "9223372036854775807": math.MaxInt64,
	} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%q is %d (%v), want %d", text, s, err, want)
		}
	}
}

func TestSizeRefuses(t *testing.T) {
	const expected = "expected a size such as 256MB or 64KiB, found "
	for text, want := range map[string]string{
		"": `""`, "MB": `"MB"`, "1.5GB": `"1.5GB"`, "5  MB": `"5  MB"`, "5M": `"5M"`, "1MBMB": `"1MBMB"`, "0x10": `"0x10"`,
		"9007199254740992KiB": `"9007199254740992KiB", which is too large`, "9223372036854775808": `"9223372036854775808", which is too large`,
	} {
		s := Size(7)
		if err := s.UnmarshalText([]byte(text)); err == nil || err.Error() != expected+want {
			t.Errorf("%q: %v, want %s", text, err, expected+want)
		}
		if s != 7 {
			t.Errorf("%q has changed the size to %d", text, s)
		}
	}
}

func TestSizeWrites(t *testing.T) {
	for size, want := range map[Size]string{
		0: "0", 1: "1", 999: "999", 1000: "1KB", 1024: "1KiB", 1500: "1500", 65536: "64KiB", 256e6: "256MB", 1 << 30: "1GiB", 1e12: "1TB", -2048: "-2KiB",
	} {
		if got := size.String(); got != want {
			t.Errorf("%d is written %s, want %s", size, got, want)
		}
	}
	if got, err := json.Marshal(map[string]Size{"s": 1000}); string(got) != `{"s":"1KB"}` {
		t.Errorf("JSON %s (%v)", got, err)
	}
}

func TestSizeReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := Size(rapid.Int64().Draw(t, "size"))
		var back Size
		if err := back.UnmarshalText([]byte(size.String())); err != nil || back != size {
			t.Fatalf("%d is written %s and read %d (%v)", size, size, back, err)
		}
	})
}
