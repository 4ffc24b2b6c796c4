package discordtest

import "strings"

// A draft says how the body of a message is read.
type draft struct {
	hook  bool // through an interaction's token
	flags int  // that may be set
	known string
}

const (
	sendFields = "content embeds components allowed_mentions attachments flags tts sticker_ids poll nonce enforce_nonce message_reference"
	hookFields = "content embeds components allowed_mentions attachments flags tts poll username avatar_url thread_name"
	editFields = "content embeds components allowed_mentions attachments flags"
)

var (
	newMessage  = draft{flags: SuppressEmbeds | SuppressNotifications | ComponentsV2, known: sendFields}
	newHook     = draft{hook: true, flags: SuppressEmbeds | SuppressNotifications | ComponentsV2 | Ephemeral, known: hookFields}
	newCallback = draft{hook: true, flags: SuppressEmbeds | SuppressNotifications | ComponentsV2 | Ephemeral, known: hookFields + " choices custom_id title"}
	editedOne   = draft{flags: SuppressEmbeds | ComponentsV2, known: editFields}
	editedHook  = draft{hook: true, flags: SuppressEmbeds | ComponentsV2, known: editFields}
)

// fill reads the fields of a message into m, which holds what stood before,
// and says whom it may notify. The lock is held.
func (s *Server) fill(q *request, o obj, d draft, m *Message, path string) (allowed, error) {
	f := &form{}
	f.known(path, o, d.known)
	if v, there := o["content"]; there {
		f.text(at(path, "content"), v)
		m.Content = strings.TrimSpace(str(v))
	}
	if v, there := o["embeds"]; there {
		m.Embeds = objects(v)
	}
	if v, there := o["components"]; there {
		m.Components = objects(v)
	}
	if v, there := o["flags"]; there && v != nil {
		flags := num(v)
		if flags&^d.flags != 0 {
			f.add(at(path, "flags"), "MESSAGE_FLAGS", "One of the flags cannot be set here.")
		}
		if m.Flags&ComponentsV2 != 0 && flags&ComponentsV2 == 0 {
			flags |= ComponentsV2 // it cannot be taken off
		}
		m.Flags = flags | m.Flags&^(d.flags|Loading)
	}
	f.length(at(path, "content"), m.Content, 0, 2000)
	f.embeds(at(path, "embeds"), m.Embeds)
	if m.Flags&ComponentsV2 != 0 {
		if m.Content != "" || len(m.Embeds) > 0 {
			f.add(at(path, "content"), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				"The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2")
		}
		f.layout(at(path, "components"), m.Components)
	} else {
		f.rows(at(path, "components"), m.Components)
	}
	if err := tooLarge(q.Files); err != nil {
		return allowed{}, err
	}
	m.Files = s.attach(f, &request{Call: q.Call, body: o}, m.Channel, m.Files)
	a := f.allowedMentions(o["allowed_mentions"], d.hook)
	if err := q.checked(f); err != nil {
		return a, err
	}
	if m.Content == "" && len(m.Embeds) == 0 && len(m.Files) == 0 && (m.Flags&ComponentsV2 == 0 || len(m.Components) == 0) {
		return a, fail(400, 50006)
	}
	return a, nil
}

// text fails unless v is a string or null.
func (f *form) text(path string, v any) {
	if _, ok := v.(string); v != nil && !ok {
		f.add(path, "BASE_TYPE_STRING", "Value must be a string.")
	}
}
