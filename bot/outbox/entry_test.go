package outbox

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzEntry: what is stored is read back as it was, and anything else is an
// error or an entry that is whole.
func FuzzEntry(f *testing.F) {
	f.Add("slack/T1/C2/123.4", "slack\x00C2", []byte("{}\n{}"))
	f.Add("a\nb", "\"", []byte{})
	f.Fuzz(func(t *testing.T, id, lane string, body []byte) {
		if id != "" && lane != "" && utf8.ValidString(id) && utf8.ValidString(lane) {
			text, err := Entry{id, lane, body}.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			var back Entry
			if err := back.UnmarshalBinary(text); err != nil || back.ID != id || back.Lane != lane || !bytes.Equal(back.Body, body) {
				t.Errorf("%q, %q, %q came back as %+v, %v", id, lane, body, back, err)
			}
		}
		var e Entry
		if err := e.UnmarshalBinary(body); err == nil && (e.ID == "" || e.Lane == "") {
			t.Errorf("%q is read as %+v", body, e)
		}
	})
}
