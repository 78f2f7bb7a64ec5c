package fakediscord

import (
	"encoding/json"
	"strings"
)

// keepEmbeds are embeds as Discord keeps them (resources/message, "Embed
// Object"): without white space around texts, and with the addresses of uploads.
func (d *Discord) keepEmbeds(m *Message, v any) json.RawMessage {
	items, _ := v.([]any)
	if len(items) == 0 {
		return nil
	}
	for _, item := range items {
		o, _ := item.(object)
		o["type"] = "rich"
		trim(o, "title", "description")
		fields, _ := o["fields"].([]any)
		for _, field := range fields {
			f, _ := field.(object)
			trim(f, "name", "value")
			fillIn(f, object{"inline": false})
		}
		for _, name := range []string{"image", "thumbnail"} {
			if media, is := o[name].(object); is {
				d.resolve(m, media)
			}
		}
		dropNull(o)
	}
	return encode(items)
}

func trim(o object, names ...string) {
	for _, name := range names {
		if text, is := o[name].(string); is {
			o[name] = strings.TrimSpace(text)
		}
	}
}

// fillIn sets members that are not there.
func fillIn(o, defaults object) {
	for name, value := range defaults {
		if o[name] == nil {
			o[name] = value
		}
	}
}

func dropNull(o object) {
	for name, value := range o {
		if value == nil {
			delete(o, name)
		}
	}
}

// resolve puts the address of an upload where "attachment://name" stands
// (reference, "Editing Message Attachments").
func (d *Discord) resolve(m *Message, media object) {
	address := word(media, "url")
	if name, isUpload := strings.CutPrefix(address, "attachment://"); isUpload {
		for _, a := range m.Attachments {
			if a.Filename == name {
				address = d.address(m, a)
				media["attachment_id"] = a.ID
				fillIn(media, object{"content_type": a.ContentType})
			}
		}
	}
	media["url"], media["proxy_url"] = address, address
}

// keepComponents are components as Discord keeps them: each with a number
// (components/reference, "Anatomy of a Component"), and with what it does not
// name.
func (d *Discord) keepComponents(m *Message, v any) json.RawMessage {
	items, _ := v.([]any)
	if len(items) == 0 {
		return nil
	}
	for i, o := range allComponents(items) {
		dropNull(o)
		if whole(o, "id") == 0 {
			o["id"] = i + 1
		}
		d.keepComponent(m, o)
	}
	return encode(items)
}

func (d *Discord) keepComponent(m *Message, o object) {
	switch kind := whole(o, "type"); kind {
	case stringSelect, otherSelects, otherSelects + 1, otherSelects + 2, lastSelect:
		fillIn(o, object{"min_values": 1, "max_values": 1})
	case container:
		fillIn(o, object{"accent_color": nil, "spoiler": false})
	case separator:
		fillIn(o, object{"spacing": 1, "divider": true})
	case thumbnail:
		fillIn(o, object{"description": nil})
		d.keepMedia(m, o, "media")
	case fileShown:
		fillIn(o, object{"name": nil, "size": nil})
		d.keepMedia(m, o, "file")
	case mediaGallery:
		list, _ := o["items"].([]any)
		for _, item := range list {
			if inner, is := item.(object); is {
				fillIn(inner, object{"description": nil})
				d.keepMedia(m, inner, "media")
			}
		}
	}
}

// keepMedia fills in what holds a picture or file in a member.
func (d *Discord) keepMedia(m *Message, o object, name string) {
	fillIn(o, object{"spoiler": false})
	if media, is := o[name].(object); is {
		media["id"] = d.state.id(d.now())
		d.resolve(m, media)
	}
}
