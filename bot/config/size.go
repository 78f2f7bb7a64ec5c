package config

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Size is a number of bytes, written "256MB" (millions), "64KiB" (of 1024
// bytes) or as a bare number of bytes.
type Size int64

// unit is one of the endings of a size.
type unit struct {
	name  string
	bytes int64
}

// units are the endings from the largest down.
func units() []unit {
	return []unit{
		{"TiB", 1 << 40}, {"TB", 1e12}, {"GiB", 1 << 30}, {"GB", 1e9},
		{"MiB", 1 << 20}, {"MB", 1e6}, {"KiB", 1 << 10}, {"KB", 1e3}, {"B", 1},
	}
}

// UnmarshalText reads a whole number and its unit; capital letters and a space
// between them do not matter.
func (s *Size) UnmarshalText(text []byte) error {
	size, err := parseSize(string(text))
	if err != nil {
		return errors.New(scalar{text: string(text)}.wrong(sizeKind.expected(), err))
	}
	*s = size
	return nil
}

func parseSize(text string) (Size, error) {
	scale := int64(1)
	for _, u := range units() {
		cut := len(text) - len(u.name)
		if cut >= 0 && strings.EqualFold(text[cut:], u.name) {
			text, scale = strings.TrimSuffix(text[:cut], " "), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil && (n > math.MaxInt64/scale || n < math.MinInt64/scale) {
		err = strconv.ErrRange
	}
	return Size(n * scale), err
}

// String is the shortest way to write exactly this size.
func (s Size) String() string {
	best := strconv.FormatInt(int64(s), 10)
	for _, u := range units()[:len(units())-1] {
		count := strconv.FormatInt(int64(s)/u.bytes, 10) + u.name
		if s != 0 && int64(s)%u.bytes == 0 && len(count) <= len(best) {
			best = count
		}
	}
	return best
}

// MarshalText is what String gives.
func (s Size) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
