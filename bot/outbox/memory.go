package outbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"
)

// key is an ID in 64 bits. Among ten million IDs the chance that any two share
// one is 3 in a million.
type key uint64

func keyOf(id string) key {
	sum := sha256.Sum256([]byte(id))
	return key(binary.BigEndian.Uint64(sum[:]))
}

// token is a text as a part of a subject or a name: 22 characters without a
// meaning of their own there.
func token(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// generations is in how many parts a memory forgets.
const generations = 4

// memory knows which IDs it was told of within a time, and forgets them after
// that, a part at a time; it may know them for longer by a third.
type memory struct {
	mu    sync.Mutex
	span  time.Duration // of one generation
	parts []generation  // the newest last
}

type generation struct {
	began time.Time
	keys  map[key]struct{}
}

func newMemory(kept time.Duration) *memory {
	return &memory{span: max(kept/(generations-1), time.Nanosecond)}
}

// add tells of an ID at a time. Times of different calls may be in any order;
// one before the last generation's joins that.
func (m *memory) add(k key, at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.parts) == 0 || !at.Before(m.parts[len(m.parts)-1].began.Add(m.span)) {
		m.parts = append(m.parts, generation{at, map[key]struct{}{}})
		if len(m.parts) > generations {
			m.parts = m.parts[1:]
		}
	}
	m.parts[len(m.parts)-1].keys[k] = struct{}{}
}

// has says whether an ID is known.
func (m *memory) has(k key) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, part := range m.parts {
		if _, known := part.keys[k]; known {
			return true
		}
	}
	return false
}
