package main

import (
	"bufio"
	"bytes"
	"io"
)

// maxLine is the longest line of a batch in bytes, without its line end.
const maxLine = 1 << 20

// lineReader reads lines, and only the beginning of those that are too long.
type lineReader struct {
	in     *bufio.Reader
	number int    // of the last line read, from 1
	kept   []byte // a line that is longer than the buffer
}

func newLineReader(in io.Reader) *lineReader {
	return &lineReader{in: bufio.NewReaderSize(in, 64<<10)}
}

var byteOrderMark = []byte("\ufeff")

// next is the next line without its end, good until the following call; whole
// is false if the line is too long and only its beginning is there. The error
// is io.EOF after the last line, or what stopped the reading.
func (r *lineReader) next() (line []byte, whole bool, err error) {
	line, whole, err = r.read()
	if err != nil {
		return nil, false, err
	}
	r.number++
	if r.number == 1 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	return line, whole, nil
}

// read puts a line together from the buffer's pieces.
func (r *lineReader) read() (line []byte, whole bool, err error) {
	piece, err := r.in.ReadSlice('\n')
	if err == nil {
		return trimEnd(piece), true, nil
	}
	r.kept, whole = append(r.kept[:0], piece...), true
	for err == bufio.ErrBufferFull {
		piece, err = r.in.ReadSlice('\n')
		room := maxLine + len("\r\n") - len(r.kept)
		r.kept = append(r.kept, piece[:min(room, len(piece))]...)
		whole = whole && len(piece) <= room
	}
	if err != nil && (err != io.EOF || len(r.kept) == 0) {
		return nil, false, err
	}
	line = trimEnd(r.kept)
	if len(line) > maxLine {
		line, whole = line[:maxLine], false
	}
	return line, whole, nil
}

// trimEnd is a line without its line end.
func trimEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}
