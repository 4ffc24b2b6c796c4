package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot/discord"
	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// TestDiscordSettings: what is set wrong is said with what to do, and no
// secret is repeated.
func TestDiscordSettings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env  []string
		want string
	}{
		{[]string{"ADVOCATE_DISCORD_TOKEN=canary", "ADVOCATE_DISCORD_PUBLIC_KEY=xyz"}, "64 hexadecimal digits"},
		{[]string{"ADVOCATE_DISCORD_TOKEN=canary", "ADVOCATE_DISCORD_TOKEN_FILE=x"}, "are both set"},
		{[]string{"ADVOCATE_DISCORD_TOKEN=canary", "ADVOCATE_DISCORD_SERVERS=my server"}, "long numbers"},
	} {
		var out, errs strings.Builder
		a := &app{in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, discordWay: http.NewFileTransport(http.Dir(t.TempDir()))}
		var err error
		if a.settings, err = readSettings(append(tt.env, "HOME="+t.TempDir(), "ADVOCATE_LISTEN=localhost:0")); err != nil {
			t.Fatal(err)
		}
		code := a.execute(t.Context(), []string{"serve"})
		if code != exitUsage || !strings.Contains(errs.String(), tt.want) || strings.Contains(errs.String(), "canary") {
			t.Errorf("%q: exit %d: %s", tt.env, code, errs.String())
		}
	}
}

// TestServeDiscord: by the gateway the program answers mentions; with a key it
// takes signed requests beside the page, and no gateway is opened.
func TestServeDiscord(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Start: time.Now()})
	_, errs, stop := serves(t, "", d.Transport(), "ADVOCATE_DISCORD_TOKEN="+discordtest.Token)
	d.AwaitReady(1)
	q := d.Type(discordtest.Member, discordtest.Questions, discordtest.Mention(discordtest.Bot)+" Do I need prior authorization for the first massage visits in Washington?")
	says := func(m discordtest.Message) bool { return strings.Contains(m.Content, "RCW 48.43.016") } // and not that there is work
	d.Until("the answer to a mention", func() bool { return slices.ContainsFunc(d.Replies(discordtest.Member, q.Message), says) })
	if code := stop(); code != exitDone || strings.Contains(errs.String(), discordtest.Token) || strings.Contains(errs.String(), "prior authorization") {
		t.Errorf("exit %d: %s", code, errs)
	}
	var to atomic.Pointer[http.Handler]
	signed := discordtest.New(t, discordtest.Options{Start: time.Now(), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := to.Load(); h != nil {
			(*h).ServeHTTP(w, r)
		}
	})})
	a := &app{in: strings.NewReader(""), out: &heard{}, err: &heard{}, now: time.Now, discordWay: signed.Transport()}
	var err error
	if a.settings, err = readSettings([]string{"HOME=" + t.TempDir(), "ADVOCATE_DISCORD_TOKEN=" + discordtest.Token, "ADVOCATE_DISCORD_PUBLIC_KEY=" + signed.PublicKey()}); err != nil {
		t.Fatal(err)
	}
	as, done, err := a.assistant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	c, err := a.chats(t.Context(), as, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	h := c.before(http.NotFoundHandler())
	to.Store(&h)
	ctx, cancel := context.WithCancel(t.Context())
	end := c.start(ctx)
	if !signed.Probe() {
		t.Error("Discord would not take the address")
	}
	x := signed.Slash(discordtest.Member, discordtest.Public, "ask", discordtest.Values{"question": "Do I need prior authorization for the first massage visits in Washington?"})
	signed.Until("the answer to a command", func() bool { m, ok := x.Original(); return ok && says(m) })
	if signed.Identifies() != 0 {
		t.Error("a gateway is opened")
	}
	cancel()
	end()
}

// TestDoctorDiscord: each thing that can be wrong is said, with how to mend it.
func TestDoctorDiscord(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options discordtest.Options
		reset   bool
		env     []string
		code    int
		want    []string
	}{
		{"well", discordtest.Options{}, false, nil, exitDone, []string{"Discord token: application", "the gateway", "none that is privileged", "not all are there yet"}},
		{"token", discordtest.Options{}, true, nil, exitFailed, []string{"does not take it", "Reset Token"}},
		{"way", discordtest.Options{}, false, []string{"KEY"}, exitFailed, []string{"Interactions Endpoint URL"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, tt.options)
			if tt.reset {
				d.ResetToken()
			}
			env := append([]string{"HOME=" + t.TempDir(), "ADVOCATE_DISCORD_TOKEN=" + discordtest.Token}, tt.env...)
			if len(tt.env) > 0 {
				env[len(env)-1] = "ADVOCATE_DISCORD_PUBLIC_KEY=" + d.PublicKey()
			}
			var out, errs strings.Builder
			a := &app{in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, discordWay: d.Transport()}
			var err error
			if a.settings, err = readSettings(env); err != nil {
				t.Fatal(err)
			}
			code := a.execute(t.Context(), []string{"doctor"})
			said := strings.Join(strings.Fields(out.String()+errs.String()), " ")
			if code != tt.code || strings.Contains(said, discordtest.Token) {
				t.Errorf("exit %d, want %d: %s", code, tt.code, said)
			}
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q: %s", want, said)
				}
			}
		})
	}
}

// TestDiscordServers: where it is on none, or lacks something, it is said how
// an admin mends it.
func TestDiscordServers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		st   discord.Standing
		ok   bool
		want string
	}{
		{discord.Standing{}, false, "it is on none"},
		{discord.Standing{Servers: []discord.ServerStanding{{Name: "A"}, {Name: "B", Missing: []string{"Attach Files"}}}}, false, "B lacks Attach Files"},
		{discord.Standing{Servers: []discord.ServerStanding{{Name: "A"}, {Name: "B"}}}, true, "A, B"},
	} {
		f := servers(tt.st, "https://invite")
		if f.OK != tt.ok || f.Note != tt.want || !tt.ok && !strings.Contains(f.Fix, "https://invite") {
			t.Errorf("%+v", f)
		}
	}
}
