package fakediscord

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// body is a message in a request, and what came with it.
type body struct {
	node
	files []upload
	edit  bool         // what is not named stays
	kept  []Attachment // that the message has, in an edit
	v2    bool         // components stand for all (components/reference)
}

// newBody looks at a new message.
func newBody(c *checker, path []string, o object, files []upload) body {
	return body{node: node{c, path, o}, files: files, v2: whole(o, "flags")&ComponentsV2 != 0}
}

// editOf looks at a change of a message. One that comes to the V2 flag must give
// up its text and embeds in so many words (components/reference).
func editOf(m *Message, c *checker, path []string, o object, files []upload) body {
	b := body{node: node{c, path, o}, files: files, edit: true, kept: m.Attachments, v2: (m.Flags|whole(o, "flags"))&ComponentsV2 != 0}
	if b.v2 && m.Flags&ComponentsV2 == 0 {
		for name, has := range map[string]bool{"content": m.Content != "", "embeds": m.Embeds != nil} {
			if _, named := o[name]; has && !named {
				b.bad(name, legacyField, alone, name)
			}
		}
	}
	return b
}

// check checks a message against the limits.
func (b body) check() {
	b.length("content", 0, maxContent)
	b.embeds()
	b.mentions()
	b.uploads()
	if b.v2 {
		b.checkV2()
	} else {
		b.checkRows()
	}
	b.uniqueIDs()
}

// has tells of which type a file of a message is.
func (b body) has(name string) (kind string, there bool) {
	for _, f := range b.files {
		if f.name == name {
			return f.kind, true
		}
	}
	for _, a := range b.kept {
		if a.Filename == name {
			return a.ContentType, true
		}
	}
	return "", false
}

// vacant tells whether there is nothing to see.
func (b body) vacant() bool {
	return strings.TrimSpace(word(b.o, "content")) == "" && empty(b.o["embeds"]) && empty(b.o["components"]) &&
		len(b.files) == 0 && empty(b.o["sticker_ids"]) && b.o["poll"] == nil
}

func (b body) embeds() {
	total := 0
	for _, e := range b.list("embeds", 0, maxEmbeds) {
		total += e.embed()
	}
	if total > maxEmbedTotal {
		b.bad("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedTotal)
	}
}

// embed checks one embed and counts its characters. White space around them does
// not count (resources/message, "Embed Limits").
func (n node) embed() int {
	total := n.trimmed("title", 0, maxEmbedTitle) + n.trimmed("description", 0, maxEmbedText)
	for _, f := range n.list("fields", 0, maxEmbedFields) {
		total += f.trimmed("name", 1, maxFieldName) + f.trimmed("value", 1, maxFieldValue)
	}
	if footer, there := n.inner("footer"); there {
		total += footer.trimmed("text", 0, maxEmbedFooter)
	}
	if author, there := n.inner("author"); there {
		total += author.trimmed("name", 0, maxEmbedAuthor)
	}
	n.between("color", 0, 0xFFFFFF)
	n.web("url")
	for _, name := range []string{"image", "thumbnail"} {
		if media, there := n.inner(name); there {
			media.required("url")
			media.web("url")
		}
	}
	if total == 0 && !n.given("image") && !n.given("thumbnail") {
		n.c.bad(n.at("description"), "BASE_TYPE_REQUIRED", "This field is required")
	}
	return total
}

// trimmed is length without white space around the text, and counts it.
func (n node) trimmed(name string, least, most int) int {
	text := strings.TrimSpace(n.text(name))
	if n.given(name) {
		trimmed := node{n.c, n.path, object{name: text}}
		trimmed.length(name, least, most)
	} else if least > 0 {
		n.required(name)
	}
	return utf8.RuneCountInString(text)
}

// web wants an address that Discord takes: of the web, or of an upload.
func (n node) web(name string) {
	address := n.text(name)
	for _, scheme := range []string{"http://", "https://", "attachment://"} {
		if address == "" || strings.HasPrefix(address, scheme) {
			return
		}
	}
	n.bad(name, "URL_TYPE_INVALID_SCHEME", "Scheme %q is not supported. Scheme must be one of ('http', 'https').", address)
}

// mentions checks allowed_mentions: what parse has may not be listed too
// (resources/message, "Allowed Mentions Object").
func (b body) mentions() {
	allowed, there := b.inner("allowed_mentions")
	if !there {
		return
	}
	for _, kind := range []string{"users", "roles"} {
		listed := texts(allowed.o[kind])
		if len(listed) > maxAllowed {
			allowed.bad(kind, "BASE_TYPE_BAD_LENGTH", "Must be between 0 and %d in length.", maxAllowed)
		}
		for _, parsed := range texts(allowed.o["parse"]) {
			if parsed == kind && len(listed) > 0 {
				allowed.bad(kind, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", kind, kind)
			}
		}
	}
	for _, parsed := range texts(allowed.o["parse"]) {
		if parsed != "users" && parsed != "roles" && parsed != "everyone" {
			allowed.bad("parse", "BASE_TYPE_CHOICES", "Value must be one of ('everyone', 'roles', 'users').")
		}
	}
}

// uploads checks files and what is said about them.
func (b body) uploads() {
	listed := b.list("attachments", 0, maxAttachments)
	if len(b.files) > maxAttachments {
		b.bad("attachments", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and %d in length.", maxAttachments)
	}
	total := 0
	for _, f := range b.files {
		total += len(f.data)
		if len(f.data) > maxFile {
			b.c.bad([]string{"files", f.number}, "FILE_SIZE_MAX", "File cannot be larger than "+strconv.Itoa(maxFile)+" bytes.")
		}
	}
	if total > maxRequest {
		b.c.bad([]string{"files"}, "FILE_SIZE_MAX", "Request cannot be larger than "+strconv.Itoa(maxRequest)+" bytes.")
	}
	for _, a := range listed {
		a.length("description", 0, maxAlt)
		a.length("filename", 0, maxFilename)
		a.upload(b)
	}
}

// upload wants a listed attachment to be an upload, or in an edit one that is
// there already.
func (n node) upload(b body) {
	id := word(n.o, "id")
	if id == "" {
		id = strconv.Itoa(whole(n.o, "id"))
	}
	for _, f := range b.files {
		if f.number == id {
			if name := word(n.o, "filename"); name != "" && name != f.name {
				n.bad("filename", "BASE_TYPE_CHOICES", "The file is named %q.", f.name)
			}
			return
		}
	}
	if !b.edit {
		n.bad("id", "ATTACHMENT_NOT_FOUND", "Attachment data not found in message payload.")
	}
}
