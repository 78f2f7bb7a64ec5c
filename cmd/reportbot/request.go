package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// request is one line of a batch.
type request struct {
	ID           json.RawMessage `json:"id"`
	Conversation scalar          `json:"conversation"`
	Question     *string         `json:"question"`
}

// scalar is a string; a number stands for its digits.
type scalar string

// UnmarshalJSON takes a string, a number, or null for none.
func (s *scalar) UnmarshalJSON(src []byte) error {
	var text string
	var number json.Number
	switch {
	case string(src) == "null":
		return nil
	case json.Unmarshal(src, &text) == nil:
		*s = scalar(text)
	case json.Unmarshal(src, &number) == nil:
		*s = scalar(number)
	default:
		return errors.New("conversation must be a string")
	}
	return nil
}

// parseRequest reads a line. Its error says what is wrong with the line; the
// request then has the id alone, if that could be read.
func parseRequest(line []byte, whole bool) (request, error) {
	if !utf8.Valid(line) {
		line = bytes.ToValidUTF8(line, []byte("\ufffd"))
	}
	if !whole {
		return request{ID: findID(line)}, fmt.Errorf("longer than %d bytes", maxLine)
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return request{}, errors.New("empty; expected a JSON object with a question")
	}
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return request{ID: findID(line)}, fmt.Errorf("expected a JSON object with a question: %w", plain(err))
	}
	if string(r.ID) == "null" {
		r.ID = nil
	}
	if r.Question == nil {
		return request{ID: r.ID}, errors.New(`expected a JSON object with a question; "question" is missing`)
	}
	return r, nil
}

// plain says a decoder's complaint without the names of Go types.
func plain(err error) error {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return err
	}
	if wrong.Field == "" {
		return fmt.Errorf("found a JSON %s", wrong.Value)
	}
	return fmt.Errorf("%q is a JSON %s", wrong.Field, wrong.Value)
}

// findID looks for the id in a line that is no request, up to where it goes wrong.
func findID(line []byte) json.RawMessage {
	d := json.NewDecoder(bytes.NewReader(line))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return nil
		}
		if key == "id" && string(value) != "null" {
			return value
		}
	}
	return nil
}
