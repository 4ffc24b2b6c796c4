package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/web"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

// How long what is said in chats is kept, and the same in the words of
// /privacy.
const (
	keepTexts = 30 * 24 * time.Hour
	keepRows  = 180 * 24 * time.Hour
)

var keeping = struct{ Texts, Rows, Threads string }{"30 days", "180 days", "24 hours"}

// chats are the chats that are served; none where no token is set.
type chats struct {
	ledger ledger.Ledger // nil: none is served
	all    []*served
}

// served is one chat.
type served struct {
	name, says string
	chat       *chat.Dispatcher
	path       string // of handler; "" where the platform does not call
	handler    http.Handler
	intake     func(ctx context.Context) // takes deliveries; nil where the platform calls
	connected  func() bool               // of intake
	close      func()                    // waits for what is under way besides orders
}

// chats makes the chats that the settings ask for.
func (a *app) chats(ctx context.Context, as *bot.Assistant, log *slog.Logger) (c *chats, err error) {
	c = &chats{}
	if a.settings.slackToken.value+a.settings.slackTokenFile.value+a.settings.slackAppToken.value+a.settings.slackAppTokenFile.value+
		a.settings.slackSecret.value+a.settings.slackSecretFile.value+a.settings.discordToken.value+a.settings.discordTokenFile.value == "" {
		return c, nil
	}
	o, page, err := a.chatOptions(as, log)
	if err != nil {
		return nil, err
	}
	if err := a.chatsReadable(); err != nil {
		return nil, err
	}
	if o.Ledger, err = a.openLedger(ctx); err != nil {
		return nil, err
	}
	c.ledger = o.Ledger
	for _, make := range []func(context.Context, *bot.Assistant, chat.Options, string) (*served, error){a.slackServed, a.discordServed} {
		s, err := make(ctx, as, o, page)
		if err != nil {
			c.close()
			return nil, err
		}
		if s != nil {
			c.all = append(c.all, s)
		}
	}
	return c, nil
}

// chatsReadable reads the settings of all chats before anything is opened.
func (a *app) chatsReadable() error {
	if _, err := a.settings.slackSecrets(); err != nil {
		return err
	}
	_, err := a.settings.discordSecrets()
	return err
}

// chatOptions are what all chats have alike, and the address of the page.
func (a *app) chatOptions(as *bot.Assistant, log *slog.Logger) (o chat.Options, page string, err error) {
	o = chat.Options{Assistant: as, Gate: as.Gate, Rules: as.Rules, Export: exports{}.Export, Now: a.now, Log: log, Texts: keepTexts, Rows: keepRows}
	if o.Notes, err = a.settings.agreed(); err != nil {
		return o, "", err
	}
	members, err := a.settings.members.yes()
	if err != nil {
		return o, "", err
	}
	if members {
		o.Scopes = func(string) []string {
			return slices.DeleteFunc(searchableIn(as.Retriever.Index), func(scope string) bool { return scope == corpus.PublicScope })
		}
	}
	often, err := strconv.Atoi(a.settings.chatPerMinute.value)
	if err != nil || often < 0 {
		return o, "", usage("%s %q: want a number, 0 or more", a.settings.chatPerMinute.name(), a.settings.chatPerMinute.value)
	}
	if often == 0 {
		often = -1 // without limit
	}
	o.PerPerson, o.PerChannel = often, 3*often
	page, err = a.settings.pageAddress()
	return o, page, err
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
	taking, close := context.WithCancel(ctx)
	working, end := context.WithCancel(context.WithoutCancel(ctx))
	var intake, work sync.WaitGroup
	for _, s := range c.all {
		if s.intake != nil {
			intake.Go(func() { s.intake(taking) })
		}
		work.Go(func() { s.chat.Run(working) })
	}
	return sync.OnceFunc(func() {
		close()
		intake.Wait()
		end()
		work.Wait()
		for _, s := range c.all {
			s.close()
		}
	})
}

// before takes what platforms call with, and leaves the rest to next.
func (c *chats) before(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	for _, s := range c.all {
		if s.handler != nil {
			mux.Handle(s.path, s.handler)
		}
	}
	return mux
}

// lacking names what does not work, for /ready.
func (c *chats) lacking() (out []string) {
	for _, s := range c.all {
		if s.connected != nil && !s.connected() {
			out = append(out, s.name)
		}
	}
	return out
}

func (c *chats) close() {
	if c.ledger != nil {
		c.ledger.Close() // what was accepted is on the disk already
	}
}

// says are lines on what is served, and what could be.
func (c *chats) says() string {
	lines := map[string]string{
		"slack":   "no Slack: a token lets members ask in a workspace; 'advocate doctor' says how",
		"discord": "no Discord: a token lets members ask on a server; 'advocate doctor' says how",
	}
	for _, s := range c.all {
		lines[s.name] = s.says
	}
	return "  " + lines["slack"] + "\n  " + lines["discord"] + "\n"
}
