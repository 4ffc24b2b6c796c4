package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/slack"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// How long what is said in chats is kept; /privacy says the same.
const (
	keepTexts = 30 * 24 * time.Hour
	keepRows  = 180 * 24 * time.Hour
)

// chats are the chats that are served; none where no token is set.
type chats struct {
	ledger ledger.Ledger
	chat   *chat.Dispatcher
	app    *slack.App
	socket *slack.Socket // nil: Slack calls
	http   bool          // Slack calls
	team   string
}

// slackSecrets are what is set of Slack.
type slackSecrets struct {
	bot, app string
	signing  []string
	agent    bool
}

// slackSecrets reads the settings of Slack. Without a token there is no Slack.
func (s *settings) slackSecrets() (out slackSecrets, err error) {
	signing := ""
	for _, x := range []struct {
		to          *string
		value, file *setting
	}{{&out.bot, &s.slackToken, &s.slackTokenFile}, {&out.app, &s.slackAppToken, &s.slackAppTokenFile}, {&signing, &s.slackSecret, &s.slackSecretFile}} {
		if *x.to, err = secretOf(x.value, x.file); err != nil {
			return out, err
		}
	}
	out.signing = strings.FieldsFunc(signing, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' || r == ' ' })
	if out.agent, err = s.slackAgent.yes(); err != nil {
		return out, err
	}
	switch {
	case out.bot == "" && (out.app != "" || len(out.signing) > 0):
		return out, usage("Slack has a secret and no bot token: set %s, or %s", s.slackToken.env, s.slackTokenFile.env)
	case out.bot == "":
		return out, nil
	case !strings.HasPrefix(out.bot, "xoxb-"):
		return out, usage("%s is no bot token: it begins with xoxb- and is under “OAuth & Permissions”", s.slackToken.env)
	case out.app != "" && !strings.HasPrefix(out.app, "xapp-"):
		return out, usage("%s is no app-level token: it begins with xapp- and is under “Basic Information”", s.slackAppToken.env)
	case out.app == "" && len(out.signing) == 0:
		return out, usage("Slack's token is set and no way to it: set %s where Slack calls this server, or %s where this server calls Slack", s.slackSecret.env, s.slackAppToken.env)
	case len(out.signing) > 2:
		return out, usage("%s has %d secrets: want one, or two while one replaces the other", s.slackSecret.env, len(out.signing))
	}
	return out, nil
}

// slackTime is how long one call of Slack may take.
const slackTime = 30 * time.Second

func (a *app) slackClient(s slackSecrets, h *http.Client, more ...slackgo.Option) *slackgo.Client {
	options := append(more, slackgo.OptionHTTPClient(h), slackgo.OptionAppLevelToken(s.app))
	if a.slackAPI != "" {
		options = append(options, slackgo.OptionAPIURL(a.slackAPI))
	}
	return slackgo.New(s.bot, options...)
}

// chats makes the chats that the settings ask for.
func (a *app) chats(ctx context.Context, as *bot.Assistant, log *slog.Logger) (*chats, error) {
	s, err := a.settings.slackSecrets()
	if err != nil || s.bot == "" {
		return &chats{}, err
	}
	notes, err := a.settings.agreed()
	if err != nil {
		return nil, err
	}
	members, err := a.settings.members.yes()
	if err != nil {
		return nil, err
	}
	page, err := a.settings.pageAddress()
	if err != nil {
		return nil, err
	}
	often, err := strconv.Atoi(a.settings.chatPerMinute.value)
	if err != nil || often < 0 {
		return nil, usage("%s %q: want a number, 0 or more", a.settings.chatPerMinute.name(), a.settings.chatPerMinute.value)
	}
	if often == 0 {
		often = -1 // without limit
	}
	h := &http.Client{Timeout: slackTime}
	view := slack.View{Rules: as.Rules, Catalog: as.Catalog, Page: page, Link: a.pageLink(page, as.Catalog), Notes: notes, Agent: s.agent,
		Keeping: slack.Keeping{Texts: "30 days", Rows: "180 days", Threads: "24 hours"}}
	door, err := slack.NewDoor(ctx, a.slackClient(s, h), h, view, a.now)
	if err != nil {
		return nil, failed(fmt.Errorf("Slack does not take the token: %w\nLook at it with 'advocate doctor'", err))
	}
	c := &chats{http: len(s.signing) > 0, team: door.Self.Team}
	if c.ledger, err = a.openLedger(ctx); err != nil {
		return nil, err
	}
	o := chat.Options{Assistant: as, Ledger: c.ledger, Door: door, Gate: as.Gate, Rules: as.Rules, Export: exports{}.Export, Notes: notes, Directly: true, Now: a.now, Log: log,
		Texts: keepTexts, Rows: keepRows, PerPerson: often, PerChannel: 3 * often}
	if members {
		o.Scopes = func(string) []string { return searchable() }
	}
	if c.chat, err = chat.New(o); err == nil {
		c.app, err = slack.NewApp(slack.AppOptions{Door: door, Chat: c.chat, Secrets: s.signing, Now: a.now, Log: log})
	}
	if err != nil {
		return nil, failed(errors.Join(err, c.ledger.Close()))
	}
	if s.app != "" {
		c.socket = slack.NewSocket(c.app, a.slackClient(s, h))
	}
	return c, nil
}

// openLedger opens the record of the chats, in the data directory.
func (a *app) openLedger(ctx context.Context) (ledger.Ledger, error) {
	o := ledger.Options{Now: a.now, Noteless: chat.Noteless()}
	if a.settings.data.value == "" {
		return nil, usage("chats need a data directory, so that nothing is lost: set ADVOCATE_DATA, or HOME")
	}
	l, err := ledger.Open(ctx, a.ledgerFile(), o)
	if err != nil {
		return nil, failed(err)
	}
	return l, nil
}

func (a *app) ledgerFile() string { return filepath.Join(a.settings.data.value, "chats.db") }

// pageAddress is where others reach the page, or "".
func (s *settings) pageAddress() (string, error) {
	page := strings.TrimSuffix(s.page.value, "/")
	if page == "" {
		return "", nil
	}
	u, err := url.Parse(page)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "" || u.User != nil || u.RawQuery != "" {
		return "", usage("%s %q: want an address such as https://advocate.example.org", s.page.name(), s.page.value)
	}
	return page, nil
}

// pageLink leads to the cited place on the page; nil without one. The page
// shows documents that were added to whoever may search them only, so that
// nothing leads to those.
func (a *app) pageLink(page string, catalog *corpus.Catalog) func(string, citation.Pinpoint) string {
	if page == "" {
		return nil
	}
	return func(source string, pin citation.Pinpoint) string {
		if s := catalog.Source(source); s == nil || s.Scope != corpus.PublicScope {
			return ""
		}
		return web.SourceURL(page, source, pin)
	}
}

// start begins the work. The function it returns ends it: nothing more is
// taken in, and those finish who are being answered.
func (c *chats) start(ctx context.Context) (stop func()) {
	if c.chat == nil {
		return func() {}
	}
	taking, close := context.WithCancel(ctx)
	working, end := context.WithCancel(context.WithoutCancel(ctx))
	var intake, work sync.WaitGroup
	if c.socket != nil {
		intake.Go(func() { c.socket.Run(taking) })
	}
	work.Go(func() { c.chat.Run(working) })
	return sync.OnceFunc(func() {
		close()
		intake.Wait()
		end()
		work.Wait()
		c.app.Close()
	})
}

// before takes what Slack calls with, and leaves the rest to next.
func (c *chats) before(next http.Handler) http.Handler {
	if !c.http {
		return next
	}
	mux := http.NewServeMux()
	mux.Handle("/slack/", c.app.Handler())
	mux.Handle("/", next)
	return mux
}

// lacking names what does not work, for /ready.
func (c *chats) lacking() []string {
	if c.socket != nil && !c.socket.Connected() {
		return []string{"slack"}
	}
	return nil
}

func (c *chats) close() {
	if c.ledger != nil {
		c.ledger.Close() // what was accepted is on the disk already
	}
}

// says is a line on what is served.
func (c *chats) says() string {
	switch {
	case c.chat == nil:
		return "no Slack: a token lets members ask in a workspace; 'advocate doctor' says how"
	case c.socket != nil:
		return "Slack, workspace " + c.team + ", over a socket to it"
	}
	return "Slack, workspace " + c.team + ", which calls " + slack.EventsPath + ", " + slack.CommandsPath + " and " + slack.InteractionsPath
}
