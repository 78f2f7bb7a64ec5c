package main

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"reportbot/bot/config"
	"reportbot/bot/console"
)

var update = flag.Bool("update", false, "rewrite what is compared with a file")

const exampleFile = "../../config.example.yaml"

// exampleHead is what the example file begins with.
const exampleHead = `# The configuration of "reportbot serve": every key at its default. Copy what
# you change into config.yaml; "reportbot config check" tells whether it can be
# used. The other commands read nothing from here, but "outbox", "unanswered"
# and "config", which need to know where things are kept.
#
# ${NAME} in a value stands for an environment variable, $$ for a single $.

`

// TestExampleFile: the example has every key, at its default, and is itself a
// configuration.
func TestExampleFile(t *testing.T) {
	defaults := defaultSettings()
	want, err := config.Example(&defaults)
	if err != nil {
		t.Fatal(err)
	}
	want = append([]byte(exampleHead), want...)
	if *update {
		if err := os.WriteFile(exampleFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("config.example.yaml is not what the settings say; run: go test ./cmd/reportbot -run ExampleFile -update")
	}
	read := settings{}
	if err := config.Decode(config.Source{Name: exampleFile, Text: got}, &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read, defaults) {
		t.Errorf("read back, the example is\n%+v\nthe defaults are\n%+v", read, defaults)
	}
}

// TestExampleOfThePlatforms: a platform's section without its comment signs.
func TestExampleOfThePlatforms(t *testing.T) {
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n# console:\n")
	if !found {
		t.Fatal("the example has no section of the console")
	}
	section = "console:\n" + strings.ReplaceAll("\n"+section, "\n# ", "\n")
	got, want := defaultSettings(), defaultSettings()
	if err := config.Decode(config.Source{Name: "console", Text: []byte(section)}, &got); err != nil {
		t.Fatal(err)
	}
	want.Console = &console.Config{}
	want.Console.Defaults()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got.Console, want.Console)
	}
}
