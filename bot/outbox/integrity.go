package outbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/minio/highwayhash"
)

// The server cuts a block of messages off at the first record that it cannot
// read, without a word. So that nothing is lost in silence, the blocks are read
// here before it sees them. Their form is the server's own (nats-server,
// filestore.go: rebuildStateFromBufLocked):
//
//	length 4, its highest bit set for headers; sequence 8; time 8; length of the subject 2;
//	subject; with headers their length 4 and they; message; checksum 8
const (
	recordHead     = 22
	recordChecksum = 8
	headersBit     = 1 << 31
	longestRecord  = 32 << 20
)

// intact says which block of a folder's streams is damaged. A record at the end
// of a stream that was cut off while it was written, or never written, is no
// damage: nobody was told that it is stored.
func intact(folder string) error {
	streams, err := filepath.Glob(filepath.Join(folder, streamsName, "jetstream", "*", "streams", "*"))
	if err != nil {
		return err
	}
	for _, stream := range streams {
		if err := intactStream(stream); err != nil {
			return err
		}
	}
	return nil
}

func intactStream(folder string) error {
	blocks, err := filepath.Glob(filepath.Join(folder, "msgs", "*.blk"))
	if err != nil {
		return err
	}
	number := func(path string) int {
		n, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(path), ".blk"))
		if err != nil {
			return 0
		}
		return n
	}
	slices.SortFunc(blocks, func(a, b string) int { return number(a) - number(b) })
	for i, path := range blocks {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		key := sha256.Sum256(fmt.Appendf(nil, "%s-%d", filepath.Base(folder), number(path)))
		checksum, err := highwayhash.NewDigest64(key[:])
		if err != nil {
			return err
		}
		end := intactUpTo(text, checksum)
		last := i == len(blocks)-1
		if end < len(text) && !(last && unfinished(text[end:])) {
			return fmt.Errorf("%s is damaged at byte %d of %d", path, end, len(text))
		}
	}
	return nil
}

// intactUpTo is where the first record begins that cannot be read, else the
// length of the block.
func intactUpTo(text []byte, checksum hash.Hash64) int {
	at := 0
	for at < len(text) {
		n := recordLength(text[at:])
		if n == 0 || n > len(text)-at || !recordIntact(text[at:at+n], checksum) {
			return at
		}
		at += n
	}
	return at
}

// recordLength is the length of the record that a text begins with, 0 if it
// cannot be one.
func recordLength(text []byte) int {
	if len(text) < recordHead {
		return 0
	}
	n := int(binary.LittleEndian.Uint32(text) &^ headersBit)
	if n < recordHead+recordChecksum || n > longestRecord {
		return 0
	}
	return n
}

func recordIntact(record []byte, checksum hash.Hash64) bool {
	subject := int(binary.LittleEndian.Uint16(record[recordHead-2:]))
	body, sum := record[recordHead:len(record)-recordChecksum], record[len(record)-recordChecksum:]
	skip := subject
	if binary.LittleEndian.Uint32(record)&headersBit != 0 {
		skip += 4 // the headers' length is not in the checksum
	}
	if skip > len(body) {
		return false
	}
	checksum.Reset()
	checksum.Write(record[4:20])
	checksum.Write(body[:subject])
	checksum.Write(body[skip:])
	return bytes.Equal(checksum.Sum(nil), sum)
}

// unfinished says whether what stands at the end of a stream is the beginning
// of a record, or room that was never written.
func unfinished(rest []byte) bool {
	if len(bytes.Trim(rest, "\x00")) == 0 {
		return true
	}
	n := recordLength(rest)
	return len(rest) < recordHead || n > len(rest)
}
