package fakediscord_test

import (
	"fmt"
	"strings"
	"testing"

	"reportbot/bot/discord/fakediscord"
)

func long(n int) string { return strings.Repeat("x", n) }

func many(n int, one func(i int) any) []any {
	out := []any{}
	for i := range n {
		out = append(out, one(i))
	}
	return out
}

func row(parts ...any) object { return object{"type": 1, "components": parts} }

func press(id string) object {
	return object{"type": 2, "style": 1, "label": "go", "custom_id": id}
}

func selecting(id string, options int) object {
	return object{"type": 3, "custom_id": id, "options": many(options, func(i int) any {
		return object{"label": "o", "value": fmt.Sprint(i)}
	})}
}

func embed(members object) object { return object{"embeds": []any{members}} }

func parts(list ...any) object { return object{"components": list} }

func v2(list ...any) object { return object{"components": list, "flags": 1 << 15} }

func field(name, value string) object {
	return embed(object{"fields": []any{object{"name": name, "value": value}}})
}

// TestMessageLimits: what is just right is taken, what is just over is refused
// at its place.
func TestMessageLimits(t *testing.T) {
	texts := func(n int) []any {
		return many(n, func(int) any { return object{"type": 10, "content": "t"} })
	}
	buttons := func(n int) object {
		return row(many(n, func(i int) any { return press(fmt.Sprint(i)) })...)
	}
	for _, c := range []struct {
		at         string // where the fault is
		good, over object // nil if there is none
	}{
		{"content", object{"content": long(2000)}, object{"content": long(2001)}},
		{"content", object{"content": "x"}, object{"content": 1}},
		{"nonce", object{"content": "x", "nonce": long(25)}, object{"content": "x", "nonce": long(26)}},
		{"embeds", object{"embeds": many(10, func(int) any { return object{"title": "t"} })},
			object{"embeds": many(11, func(int) any { return object{"title": "t"} })}},
		{"embeds", object{"embeds": many(3, func(int) any { return object{"description": long(2000)} })},
			object{"embeds": many(3, func(int) any { return object{"description": long(2001)} })}},
		{"embeds.0.title", embed(object{"title": long(256)}), embed(object{"title": long(257)})},
		{"embeds.0.description", embed(object{"description": long(4096)}), embed(object{"description": long(4097)})},
		{"embeds.0.description", embed(object{"description": "x"}), embed(object{"color": 1})},
		{"embeds.0.fields.0.name", field(long(256), "v"), field(long(257), "v")},
		{"embeds.0.fields.0.value", field("n", long(1024)), field("n", long(1025))},
		{"embeds.0.fields.0.value", field("n", "v"), field("n", "  ")},
		{"embeds.0.fields", embed(object{"fields": many(25, func(int) any { return object{"name": "n", "value": "v"} })}),
			embed(object{"fields": many(26, func(int) any { return object{"name": "n", "value": "v"} })})},
		{"embeds.0.footer.text", embed(object{"footer": object{"text": long(2048)}}), embed(object{"footer": object{"text": long(2049)}})},
		{"embeds.0.author.name", embed(object{"author": object{"name": long(256)}}), embed(object{"author": object{"name": long(257)}})},
		{"embeds.0.image.url", embed(object{"image": object{"url": "https://x.example/"}}), embed(object{"image": object{"url": "ftp://x"}})},
		{"components", parts(many(5, func(i int) any { return row(press(fmt.Sprint(i))) })...),
			parts(many(6, func(i int) any { return row(press(fmt.Sprint(i))) })...)},
		{"components.0.components", parts(buttons(5)), parts(buttons(6))},
		{"components.0.components.1.type", parts(row(selecting("s", 1))), parts(row(press("a"), selecting("s", 1)))},
		{"components.0.type", parts(row(press("a"))), parts(press("a"))},
		{"components.0.components.0.custom_id", parts(row(press(long(100)))), parts(row(press(long(101))))},
		{"components.0.components.0.custom_id", nil, parts(row(object{"type": 2, "style": 1, "label": "x"}))},
		{"components.0.components.0.url", nil, parts(row(object{"type": 2, "style": 5, "label": "x"}))},
		{"components.0.components.0.label", nil, parts(row(object{"type": 2, "style": 1, "custom_id": "x"}))},
		{"components.0.components.0.label", nil, parts(row(object{"type": 2, "style": 1, "custom_id": "x", "label": long(81)}))},
		{"components", parts(row(press("a"), press("b"))), parts(row(press("a"), press("a")))},
		{"components.0.components.0.options", parts(row(selecting("s", 25))), parts(row(selecting("s", 26)))},
		{"content", v2(texts(40)...), object{"components": texts(1), "flags": 1 << 15, "content": "x"}},
		{"embeds", nil, object{"components": texts(1), "flags": 1 << 15, "embeds": []any{object{"title": "x"}}}},
		{"components", v2(object{"type": 17, "components": texts(39)}), v2(object{"type": 17, "components": texts(40)})},
		{"components.0.content", v2(object{"type": 10, "content": long(4000)}), v2(object{"type": 10, "content": long(4001)})},
		{"components.0.type", nil, parts(object{"type": 10, "content": "without the flag"})},
		{"components.0.components", v2(object{"type": 9, "components": texts(3), "accessory": press("a")}),
			v2(object{"type": 9, "components": texts(4), "accessory": press("a")})},
		{"components.0.file.url", nil, v2(object{"type": 13, "file": object{"url": "attachment://x.csv"}})},
		{"allowed_mentions.users", object{"content": "x", "allowed_mentions": object{"parse": []any{"users"}}},
			object{"content": "x", "allowed_mentions": object{"parse": []any{"users"}, "users": []any{"1"}}}},
		{"attachments.0.id", nil, object{"content": "x", "attachments": []any{object{"id": 0}}}},
	} {
		t.Run(c.at, func(t *testing.T) {
			d, w := start(t, fakediscord.Options{})
			path := "/channels/" + w.channel + "/messages"
			if c.good != nil {
				if got := call(t, d, "POST", path, c.good); got.status != 200 {
					t.Errorf("%v is refused: %s", c.good, got.text)
				}
				equal(t, "faults", len(d.Faults()), 0)
			}
			refused(t, d, call(t, d, "POST", path, c.over), c.at)
		})
	}
}

// refused wants an error at a place, and a fault of the app that names it.
func refused(t *testing.T, d *fakediscord.Discord, got reply, at string) {
	t.Helper()
	equal(t, "status", got.status, 400)
	equal(t, "code", got.code(), 50035)
	inner, _ := got.body["errors"].(object)
	for _, name := range strings.Split(at, ".") {
		inner, _ = inner[name].(object)
	}
	if inner["_errors"] == nil {
		t.Errorf("no error at %s: %s", at, got.text)
	}
	if !strings.Contains(strings.Join(d.TakeFaults(), "\n"), at+": ") {
		t.Errorf("no fault at %s", at)
	}
}

func slash(members object) object {
	o := object{"name": "ask", "description": "Ask"}
	for name, value := range members {
		o[name] = value
	}
	return o
}

func option(members object) object {
	o := slash(object{"type": 3})
	for name, value := range members {
		o[name] = value
	}
	return slash(object{"options": []any{o}})
}

func TestCommandLimits(t *testing.T) {
	choices := func(n int) []any {
		return many(n, func(i int) any { return object{"name": fmt.Sprint(i), "value": "v"} })
	}
	options := func(n int) []any {
		return many(n, func(i int) any { return object{"type": 3, "name": fmt.Sprint("o", i), "description": "d"} })
	}
	large := func(extra int) object {
		list := options(20)
		for i := range list {
			list[i].(object)["choices"] = many(4, func(j int) any { return object{"name": fmt.Sprint(j), "value": long(95)} })
		}
		// ask, Ask, 20 options of 2 or 3 and 1, 80 choices of 1 and 95: 7776.
		return slash(object{"options": list, "description": long(100 - 27 + extra), "description_localizations": object{}})
	}
	for _, c := range []struct {
		at         string
		good, over object
	}{
		{"name", slash(object{"name": long(32)}), slash(object{"name": long(33)})},
		{"name", slash(object{"name": "für-alle_2"}), slash(object{"name": "Ask"})},
		{"name", object{"name": "Explain this", "type": 3}, slash(object{"name": "ask me"})},
		{"name", nil, slash(object{"name": nil})},
		{"description", slash(object{"description": long(100)}), slash(object{"description": long(101)})},
		{"description", nil, slash(object{"description": ""})},
		{"description", nil, object{"name": "Explain", "type": 3, "description": "x"}},
		{"options", slash(object{"options": options(25)}), slash(object{"options": options(26)})},
		{"options.0.choices", option(object{"choices": choices(25)}), option(object{"choices": choices(26)})},
		{"options.0.choices.0.name", nil, option(object{"choices": []any{object{"name": long(101), "value": "v"}}})},
		{"options.0.choices.0.value", nil, option(object{"choices": []any{object{"name": "n", "value": long(101)}}})},
		{"options.0.choices", nil, option(object{"choices": choices(1), "autocomplete": true})},
		{"options.0.type", nil, option(object{"type": 5, "autocomplete": true})},
		{"options.0.name", nil, option(object{"name": "A B"})},
		{"options.1.required", nil, slash(object{"options": []any{
			object{"type": 3, "name": "a", "description": "d"}, object{"type": 3, "name": "b", "description": "d", "required": true}}})},
		{"options.1.name", nil, slash(object{"options": []any{
			object{"type": 3, "name": "a", "description": "d"}, object{"type": 3, "name": "a", "description": "d"}}})},
		{"options", nil, slash(object{"options": []any{
			object{"type": 1, "name": "a", "description": "d"}, object{"type": 3, "name": "b", "description": "d"}}})},
		{"options.0.options.0.type", nil, option(object{"type": 1, "options": []any{object{"type": 1, "name": "a", "description": "d"}}})},
		{"name_localizations.de", slash(object{"name_localizations": object{"de": "frage"}}), slash(object{"name_localizations": object{"de": "Frage"}})},
		{"name_localizations.xx", nil, slash(object{"name_localizations": object{"xx": "x"}})},
		{"contexts", slash(object{"contexts": []any{0, 1, 2}}), slash(object{"contexts": []any{3}})},
	} {
		t.Run(c.at, func(t *testing.T) {
			d, _ := start(t, fakediscord.Options{})
			path := "/applications/" + fakediscord.AppID + "/commands"
			if c.good != nil {
				if got := call(t, d, "POST", path, c.good); got.status != 201 {
					t.Errorf("%v is refused: %s", c.good, got.text)
				}
			}
			refused(t, d, call(t, d, "POST", path, c.over), c.at)
			refused(t, d, call(t, d, "PUT", path, []any{c.over}), "0."+c.at)
		})
	}
	t.Run("8000 characters", func(t *testing.T) {
		d, _ := start(t, fakediscord.Options{})
		path := "/applications/" + fakediscord.AppID + "/commands"
		equal(t, "less", call(t, d, "POST", path, large(0)).status, 201)
		over := large(0)
		over["description_localizations"] = object{"de": long(100)}
		over["options"].([]any)[0].(object)["description"] = long(100)
		over["options"].([]any)[1].(object)["description"] = long(100)
		got := call(t, d, "POST", path, over)
		equal(t, "more", got.status, 400)
		faults(t, d, "exceeds maximum size (8000)")
	})
}

// TestTooManyCommands: 100 slash commands, 15 of each menu, 200 new ones a day.
func TestTooManyCommands(t *testing.T) {
	named := func(prefix string, n int) []any {
		return many(n, func(i int) any { return slash(object{"name": fmt.Sprint(prefix, i)}) })
	}
	menu := func(n int) []any {
		return many(n, func(i int) any { return object{"name": fmt.Sprint(i), "type": 3} })
	}
	d, w := start(t, fakediscord.Options{})
	path := "/applications/" + fakediscord.AppID + "/guilds/" + w.guild + "/commands"
	equal(t, "101", call(t, d, "PUT", path, named("a", 101)).code(), 30032)
	equal(t, "16", call(t, d, "PUT", path, menu(16)).code(), 30032)
	faults(t, d, "more than 100", "more than 15")

	d, w = start(t, fakediscord.Options{})
	path = "/applications/" + fakediscord.AppID + "/guilds/" + w.guild + "/commands"
	equal(t, "100", call(t, d, "PUT", path, named("a", 100)).status, 200)
	equal(t, "the same", call(t, d, "PUT", path, named("a", 100)).status, 200)
	equal(t, "100 more", call(t, d, "PUT", path, named("b", 100)).status, 200)
	equal(t, "one more", call(t, d, "PUT", path, named("c", 1)).code(), 30034)
	faults(t, d, "more than 200")
}
