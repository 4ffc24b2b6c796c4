package discord

import (
	"crypto/rand"
	"encoding/binary"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// TestNothingLogged: of all that is done, no word, no token and no one's name
// is in the log, and no note in the ledger's file.
func TestNothingLogged(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	r := newRig(t, setUp{file: file})
	r.discord.Script(discordtest.Fault{Route: discordtest.CreateMessage, Status: 502}, discordtest.Fault{Route: discordtest.EditOriginal, Code: 50035})
	d := r.discord.Slash(member, public, "ask", discordtest.Values{"question": "Quailfeather: can they refuse an LMT?"})
	r.discord.Type(member, discordtest.DM(member), "Quailfeather: can they refuse an LMT?")
	r.discord.Slash(member, public, "check", nil)
	r.discord.AwaitModal(member)
	r.discord.Submit(member, discordtest.Values{FieldText: "Quailfeather RCW 48.43.999"})
	for end := time.Now().Add(20 * time.Second); r.chat.Backlog() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d orders are left: %s", r.chat.Backlog(), r.log)
		}
		r.discord.Clock.Advance(time.Second)
	}
	r.stop()
	for _, canary := range []string{"Quailfeather", "quailfeather", discordtest.Token, d.Token, member, "refuse an LMT"} {
		if strings.Contains(r.log.String(), canary) {
			t.Errorf("%q is in the log: %s", canary, r.log)
		}
	}
}

// TestAdmins: settings are for admins, whatever the server shows to others.
func TestAdmins(t *testing.T) {
	t.Parallel()
	r := newRig(t, setUp{answer: fixed{ans: short}})
	d := r.discord.Command(member, public, map[string]any{"id": "1", "name": "settings", "type": 1,
		"options": []any{map[string]any{"name": "setting", "type": 3, "value": "answers"}, map[string]any{"name": "value", "type": 3, "value": "off"}}})
	if m := r.discord.AwaitOriginal(d); !strings.Contains(m.Content, first(chat.NoticeNotAdmin)) {
		t.Errorf("it says %q", m.Content)
	}
}

// sink is a connection that keeps what is written.
type sink struct {
	net.Conn
	wrote []byte
}

func (s *sink) Write(p []byte) (int, error) { s.wrote = append(s.wrote, p...); return len(p), nil }

// TestClose: a close frame with 1000 goes out with a code that keeps the
// session, until it shall not be kept; nothing else is changed.
func TestClose(t *testing.T) {
	t.Parallel()
	frame := func(kind byte, words []byte) []byte {
		mask := make([]byte, 4)
		_, _ = rand.Read(mask)
		out := append([]byte{kind, 0x80 | byte(len(words))}, mask...)
		for i, b := range words {
			out = append(out, b^mask[i%4])
		}
		return out
	}
	code := func(n uint16) []byte { return binary.BigEndian.AppendUint16(nil, n) }
	for _, tt := range []struct {
		kind byte
		in   []byte
		done bool
		want uint16
	}{
		{0x88, code(1000), false, closeKept}, {0x88, append(code(1000), "bye"...), false, closeKept}, {0x88, code(1000), true, 1000},
		{0x88, code(1012), false, 1012}, {0x82, code(1000), false, 1000},
	} {
		var done atomic.Bool
		done.Store(tt.done)
		s := &sink{}
		out := frame(tt.kind, tt.in)
		n, err := keeping{s, &done}.Write(out)
		got := binary.BigEndian.Uint16(s.wrote[6:8]) ^ binary.BigEndian.Uint16(s.wrote[2:4])
		if err != nil || n != len(out) || got != tt.want || len(s.wrote) != len(out) {
			t.Errorf("%x %v: wrote %d bytes with code %d, %v", tt.kind, tt.in, n, got, err)
		}
	}
}
