package slacktest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// A File is one that the app or a person put into Slack. Bytes is nil until
// it was uploaded.
type File struct {
	ID, Name, Title, MIME string
	User                  string
	Bytes                 []byte
	Shared                []string // channels
	// Check is set on a file of another workspace, which must be asked for
	// with files.info before it can be read.
	Check bool

	size int
	team string
}

func (s *Server) fileJSON(f *File) reply {
	if f.Check {
		return reply{"id": f.ID, "mode": "file_access", "file_access": "check_file_info", "user": f.User}
	}
	return s.fullFile(f)
}

func (s *Server) fullFile(f *File) reply {
	link := s.web.URL + "/files/" + f.ID + "/" + url.PathEscape(f.Name)
	return reply{"id": f.ID, "name": f.Name, "title": f.Title, "mimetype": f.MIME, "filetype": strings.TrimPrefix(path.Ext(f.Name), "."),
		"size": len(f.Bytes), "user": f.User, "mode": "hosted", "is_external": false, "file_access": "visible",
		"url_private": link, "url_private_download": link}
}

// uploadURL gives an address on this very host: the client refuses to send
// its token to another.
func (s *Server) uploadURL(q *request) (reply, error) {
	size, err := strconv.Atoi(q.Args["length"])
	switch {
	case q.Args["filename"] == "":
		return nil, fail("invalid_arguments", "missing required field: filename [json-pointer:/filename]")
	case err != nil || size <= 0:
		return nil, fail("invalid_arguments", "must be more than 0 [json-pointer:/length]")
	}
	f := &File{ID: s.id("F"), Name: q.Args["filename"], User: Bot, size: size, team: q.team}
	s.files[f.ID] = f
	return reply{"upload_url": s.web.URL + "/upload/" + f.ID, "file_id": f.ID}, nil
}

func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<20))
	if err != nil {
		return
	}
	c := &Call{Method: "upload", At: s.Clock.Now(), Args: Args{"file": r.PathValue("id"), "bytes": strconv.Itoa(len(body))}}
	f := s.enter(c)
	if !f.begin(s, w, r, c) {
		return
	}
	content := uploaded(r.Header.Get("Content-Type"), body)
	a := answer{status: http.StatusOK, header: map[string]string{"Content-Type": "text/plain"}, body: []byte("OK - " + strconv.Itoa(len(content)))}
	s.mu.Lock()
	to := s.files[r.PathValue("id")]
	switch {
	case to == nil || to.size == 0:
		a.status, a.body, c.Error = http.StatusNotFound, []byte("no such upload"), "file_not_found"
	case len(content) != to.size:
		a.status, a.body, c.Error = http.StatusBadRequest, []byte("wrong length"), "wrong_length"
	default:
		to.Bytes, to.MIME = content, http.DetectContentType(content)
	}
	c.Status = a.status
	s.touch()
	s.mu.Unlock()
	f.write(w, a)
}

// uploaded takes the file out of a form, or the whole body.
func uploaded(contentType string, body []byte) []byte {
	_, boundary, ok := strings.Cut(contentType, "boundary=")
	if !ok {
		return body
	}
	form := multipart.NewReader(bytes.NewReader(body), strings.Trim(boundary, `"`))
	for {
		part, err := form.NextPart()
		if err != nil {
			return nil
		}
		if part.FileName() != "" {
			content, err := io.ReadAll(part)
			if err != nil {
				return nil
			}
			return content
		}
	}
}

func (s *Server) uploadComplete(q *request) (reply, error) {
	var asked []struct{ ID, Title string }
	if json.Unmarshal([]byte(q.Args["files"]), &asked) != nil || len(asked) == 0 {
		return nil, fail("invalid_arguments", "must be an array of files [json-pointer:/files]")
	}
	if len(asked) > 10 {
		return nil, fail("invalid_arguments", "no more than 10 items allowed [json-pointer:/files]")
	}
	m := Message{User: Bot, Subtype: "file_share", Text: q.Args["initial_comment"], UnfurlLinks: true, UnfurlMedia: true}
	var out []reply
	for _, a := range asked {
		f := s.files[a.ID]
		if f == nil || f.Bytes == nil || f.team != q.team {
			return nil, fail("file_not_found")
		}
		f.Title = or(a.Title, f.Name)
		m.Files = append(m.Files, *f)
		out = append(out, reply{"id": f.ID, "title": f.Title})
	}
	if raw := q.Args["blocks"]; raw != "" {
		blocks, err := parseBlocks(raw)
		if err == nil {
			err = checkMessage(blocks)
		}
		if err != nil {
			return nil, err
		}
		m.Blocks = blocks
	}
	for id := range strings.SplitSeq(or(q.Args["channel_id"], q.Args["channels"]), ",") {
		if id == "" {
			continue
		}
		if err := s.shareFiles(q, m, id); err != nil {
			return nil, err
		}
	}
	return reply{"files": out}, nil
}

func (s *Server) shareFiles(q *request, m Message, channel string) error {
	c, err := s.target(q, channel)
	if err != nil {
		return err
	}
	if !c.has(Bot) {
		return fail("not_in_channel")
	}
	m.Channel = c.ID
	if err := s.place(&m, q.Args["thread_ts"]); err != nil {
		return err
	}
	for i := range m.Files {
		f := s.files[m.Files[i].ID]
		f.Shared = append(f.Shared, c.ID)
	}
	posted := s.add(m)
	s.clearStatus(posted.Channel, posted.Thread)
	s.echo(q, posted, "", nil)
	return nil
}

func (s *Server) fileInfo(q *request) (reply, error) {
	f := s.files[q.Args["file"]]
	if f == nil {
		return nil, fail("file_not_found")
	}
	return reply{"file": s.fullFile(f)}, nil
}

// serveFile serves a file to who has a token for it, and sends everybody else
// to the page to sign in, as Slack does.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("id") == "signin" {
		_, _ = io.WriteString(w, "<html><body>Sign in</body></html>")
		return
	}
	c := &Call{Method: "download", At: s.Clock.Now(), Args: Args{"file": r.PathValue("id")}}
	fl := s.enter(c)
	if !fl.begin(s, w, r, c) {
		return
	}
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	t := s.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	allowed := f != nil && t != nil && !t.app && t.fails == "" && s.scoped("files:read") == nil
	a := answer{status: http.StatusOK, header: map[string]string{}}
	if allowed {
		a.header["Content-Type"], a.body = or(f.MIME, "application/octet-stream"), f.Bytes
	} else {
		a.status, c.Error = http.StatusFound, "signed_out"
		a.header["Location"] = "/files/signin/page?redir=" + url.QueryEscape(r.URL.Path)
	}
	c.Status = a.status
	s.mu.Unlock()
	fl.write(w, a)
}

// File is a file as it stands; ok says whether there is one.
func (s *Server) File(id string) (f File, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil {
		return *f, true
	}
	return File{}, false
}
