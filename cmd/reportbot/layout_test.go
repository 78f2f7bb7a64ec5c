package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of this module a folder may import, and which
// of the standard library it must not, with the reason.
var mayImport = []struct {
	folder  string
	module  []string
	never   []string
	because string
}{
	{"data", nil, []string{"net", "net/http", "os"}, "the data package reads the files it is given, and nothing else"},
	{"answers", []string{"reportbot/data"}, []string{"net", "net/http", "os", "time", "log", "log/slog"}, "an answer follows from the question, its conversation and the data alone"},
	{"bot/config", nil, []string{"os", "net/http"}, "a configuration is read from what it is given"},
	{"bot/outbox", []string{"reportbot/bot/config", "reportbot/bot/flow"}, nil, "the outbox keeps entries, whatever is in them"},
	{"bot/digest", []string{"reportbot/bot/flow", "reportbot/bot/outbox"}, []string{"os", "net/http"}, "when a digest is due does not depend on what is in it"},
	{"bot/chart", []string{"reportbot/data", "reportbot/answers"}, []string{"os", "net/http"}, "a picture follows from an answer alone, for every platform"},
	{"bot/sheet", []string{"reportbot/answers"}, []string{"os", "net/http"}, "a file follows from an answer alone, for every platform"},
	{"bot", []string{"reportbot/data", "reportbot/answers", "reportbot/bot/chart", "reportbot/bot/digest", "reportbot/bot/outbox", "reportbot/bot/sheet"}, []string{"os", "net/http"}, "the bot knows no platform, and no surroundings but those it is given"},
	{"bot/console", []string{"reportbot/bot"}, []string{"os", "net/http"}, "a platform knows the bot, and no other platform"},
	{"bot/flow", nil, []string{"os", "net/http"}, "order and pace know neither the bot nor a platform"},
	{"bot/layout", []string{"reportbot/answers", "reportbot/bot"}, []string{"os", "net/http"}, "a reply is divided in the same way for every platform, so that how knows none"},
	{"bot/slack", []string{"reportbot/answers", "reportbot/bot", "reportbot/bot/chart", "reportbot/bot/config", "reportbot/bot/digest", "reportbot/bot/flow", "reportbot/bot/layout", "reportbot/bot/outbox", "reportbot/bot/sheet"}, []string{"os"}, "a platform knows the bot, and no other platform"},
	{"bot/discord", []string{"reportbot/answers", "reportbot/bot", "reportbot/bot/chart", "reportbot/bot/config", "reportbot/bot/digest", "reportbot/bot/flow", "reportbot/bot/layout", "reportbot/bot/outbox", "reportbot/bot/sheet"}, []string{"os"}, "a platform knows the bot, and no other platform"},
	{"bot/monitor", []string{"reportbot/bot/outbox", "reportbot/bot/sheet"}, nil, "the monitor tells how the others are"},
	{"cmd/reportbot", []string{"reportbot/data", "reportbot/answers", "reportbot/bot", "reportbot/bot/chart", "reportbot/bot/sheet", "reportbot/bot/config", "reportbot/bot/console", "reportbot/bot/digest", "reportbot/bot/discord", "reportbot/bot/monitor", "reportbot/bot/outbox", "reportbot/bot/slack"}, nil, "the command wires the packages together"},
}

// onlyIn says in which folders a library may be used, with the reason.
var onlyIn = []struct {
	library string
	folders []string
	because string
}{
	{"github.com/nats-io/", []string{"bot/outbox", "bot/outbox/clustertest"}, "what keeps the replies can be known in one place alone"},
	{"github.com/slack-go/", []string{"bot/slack", "bot/slack/fakeslack"}, "what is Slack's is known in one place alone"},
	{"github.com/bwmarrin/", []string{"bot/discord", "bot/discord/fakediscord"}, "what is Discord's is known in one place alone"},
	{"github.com/prometheus/", []string{"bot", "bot/monitor", "cmd/reportbot"}, "what is counted is registered by the bot and shown by the monitor"},
	{"gonum.org/", []string{"bot/chart"}, "how pictures are drawn is known in one place alone"},
	{"codeberg.org/go-fonts/", []string{"bot/chart"}, "how pictures are drawn is known in one place alone"},
	{"golang.org/x/image", []string{"bot/chart"}, "how pictures are drawn is known in one place alone"},
	{"github.com/goccy/go-yaml", []string{"data", "bot/config"}, "YAML is read where places and problems are told"},
	{"github.com/alecthomas/kong", []string{"cmd/reportbot"}, "the command line is the command's"},
}

func TestLibrariesStandWhereTheyBelong(t *testing.T) {
	used := map[string]bool{}
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		folder := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), filepath.Join("..", "..")+string(filepath.Separator)))
		for _, imported := range importsOf(t, path) {
			for _, rule := range onlyIn {
				if strings.HasPrefix(imported, rule.library) {
					used[rule.library] = true
					if !slices.Contains(rule.folders, folder) {
						t.Errorf("%s imports %s, but %s", path, imported, rule.because)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range onlyIn {
		if !used[rule.library] {
			t.Errorf("%s is used nowhere: the rule about it says nothing", rule.library)
		}
	}
}

func TestLayout(t *testing.T) {
	for _, rule := range mayImport {
		files, err := filepath.Glob(filepath.Join("..", "..", rule.folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no Go files (%v)", rule.folder, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				checkImports(t, file, rule.module, rule.never, rule.because)
			}
		}
	}
}

func checkImports(t *testing.T, file string, module, never []string, because string) {
	t.Helper()
	for _, path := range importsOf(t, file) {
		if strings.HasPrefix(path, "reportbot/") && !slices.Contains(module, path) || slices.Contains(never, path) {
			t.Errorf("%s imports %s, but %s", file, path, because)
		}
	}
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range tree.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}
