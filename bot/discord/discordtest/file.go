package discordtest

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// SizeLimit is how large a file may be, and the attachment_size_limit of
	// interactions.
	SizeLimit = 10 << 20

	maxFiles  = 10
	fileLasts = 24 * time.Hour // of its address
	cdn       = "https://cdn.discordapp.com"
)

// A File is an attachment.
type File struct {
	ID, Name, MIME string
	Description    string // the alternative text
	Bytes          []byte
	Ephemeral      bool
	URL            string // works for a day, by the clock

	until time.Time
}

func (f *File) json() obj {
	out := obj{"id": f.ID, "filename": f.Name, "size": len(f.Bytes), "url": f.URL, "proxy_url": f.URL, "content_type": f.MIME}
	if f.Description != "" {
		out["description"] = f.Description
	}
	if f.Ephemeral {
		out["ephemeral"] = true
	}
	return out
}

// keep puts a file into Discord. The lock is held.
func (s *Server) keep(f File, channel string) File {
	f.ID, f.until = s.snowflake(), s.Clock.Now().Add(fileLasts)
	if f.MIME == "" {
		f.MIME = http.DetectContentType(f.Bytes)
		if path.Ext(f.Name) == ".docx" {
			f.MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		}
	}
	f.URL = fmt.Sprintf("%s/attachments/%s/%s/%s?ex=%x&is=%x&hm=sample", cdn, channel, f.ID, url.PathEscape(f.Name),
		f.until.Unix(), s.Clock.Now().Unix())
	held := f
	s.files[f.ID] = &held
	return f
}

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	good := f != nil && f.Name == r.PathValue("name") && s.Clock.Now().Before(f.until) && r.URL.Query().Get("ex") == strconv.FormatInt(f.until.Unix(), 16)
	s.mu.Unlock()
	if !good {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", f.MIME)
	_, _ = w.Write(f.Bytes)
}

// files takes the files of a request: those that stay, and those that come
// new. The field "attachments" describes the new ones by their number, and
// says which of the old stay; without it all stay.
func (s *Server) attach(f *form, q *request, channel string, old []File) []File {
	o := q.fields()
	_, told := o["attachments"].([]any)
	out := slices.Clone(old)
	if told {
		out = nil
	}
	described := map[string]string{}
	for i, a := range objects(o["attachments"]) {
		p := at("attachments", i)
		id := fmt.Sprint(a["id"])
		f.length(p+".description", str(a["description"]), 0, 1024)
		described[id] = str(a["description"])
		isNew := slices.ContainsFunc(q.Files, func(n File) bool { return n.ID == id })
		at := slices.IndexFunc(old, func(h File) bool { return h.ID == id })
		switch {
		case at >= 0:
			out = append(out, old[at])
		case !isNew:
			f.add(p+".id", "ATTACHMENT_NOT_FOUND", "There is no such file.")
		}
	}
	for i, n := range q.Files {
		if told && !hasKey(described, n.ID) {
			f.add(at("attachments", i), "ATTACHMENT_METADATA_REQUIRED", "A file that is sent is not described.")
		}
		if n.Name == "" || strings.ContainsAny(n.Name, "/\\") {
			f.add(at("files", i), "ATTACHMENT_FILENAME", "The name of the file is not valid.")
		}
		n.Description = described[n.ID]
		out = append(out, s.keep(n, channel))
	}
	f.count("attachments", len(out), 0, maxFiles)
	return out
}

func hasKey[V any](m map[string]V, key string) bool {
	_, ok := m[key]
	return ok
}

// tooLarge refuses files over the limit.
func tooLarge(files []File) error {
	for _, f := range files {
		if len(f.Bytes) > SizeLimit {
			return fail(413, 40005)
		}
	}
	return nil
}
