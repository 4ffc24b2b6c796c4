package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func TestTheClientIsReady(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	guilds := make(chan string, 10)
	c.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildCreate) { guilds <- g.ID })
	connect(t, s, c)
	if a, b := <-guilds, <-guilds; a == b {
		t.Errorf("guilds %s and %s", a, b)
	}
	if c.State.User.ID != discordtest.Bot || s.Identifies() != 1 {
		t.Errorf("I am %+v", c.State.User)
	}
	s.Until("a heartbeat", func() bool { return s.Heartbeats() > 0 })
	bot, err := c.GatewayBot()
	must(t, err)
	if bot.Shards != 1 || bot.SessionStartLimit.Remaining != 999 {
		t.Errorf("the gateway says %+v", bot)
	}
	must(t, c.Close())
	s.Until("the end", func() bool { return len(s.Closes()) == 1 })
	if s.Closes()[0] != 1000 {
		t.Errorf("closed with %v", s.Closes())
	}
}

func TestContentIsHiddenFromWhomItDoesNotConcern(t *testing.T) {
	t.Parallel()
	for _, intents := range []int{usual, usual | discordtest.MessageContent} {
		s, c := start(t, discordtest.Options{Privileged: discordtest.MessageContent})
		if intents == usual {
			s, c = start(t, discordtest.Options{})
		}
		got := make(chan *discordgo.Message, 10)
		c.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Message })
		c.Identify.Intents = discordgo.Intent(intents)
		open(t, s, c)
		own := s.Type(discordtest.Member, discordtest.Public, "hello")
		post(t, c, discordtest.Public, "from the bot")
		said := s.Message(discordtest.Public, s.Messages(discordtest.Public)[1].ID)
		s.Type(discordtest.Member, discordtest.Public, discordtest.Mention(discordtest.Bot)+" hello")
		s.Reply(discordtest.Member, said, "hello")
		s.Write(discordtest.Message{User: discordtest.Member, Channel: discordtest.Public, Reply: said.ID, Content: "without a ping"})
		s.Type(discordtest.Member, discordtest.DM(discordtest.Member), "hello")
		s.Type(discordtest.Member, discordtest.Outside, "where the bot is not")
		// The client gives each event to a goroutine of its own: in any order.
		hidden := map[bool]int{}
		for range 6 {
			m := <-got
			hidden[m.Content == ""]++
			if (m.GuildID == "") != (m.ChannelID == discordtest.DM(discordtest.Member)) {
				t.Errorf("the guild is %q", m.GuildID)
			}
		}
		if want := map[int]int{usual: 2}[intents]; hidden[true] != want {
			t.Errorf("with %d: %v are hidden", intents, hidden)
		}
		m, err := c.ChannelMessage(discordtest.Public, own.ID)
		must(t, err)
		if (m.Content == "") != (intents == usual) {
			t.Errorf("by REST it is %q", m.Content)
		}
	}
}

func TestEventsNeedTheirIntent(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	b, _ := identified(t, s, discordtest.DirectMessages)
	q := s.Type(discordtest.Member, discordtest.Public, "x")
	s.React(discordtest.Member, q.Message, "👍")
	s.Type(discordtest.Member, discordtest.DM(discordtest.Member), "y")
	if p := b.read(); p.T != "MESSAGE_CREATE" || p.S != 2 {
		t.Errorf("the first is %s %d", p.T, p.S)
	}
	if len(q.Deliveries[0].Attempts()) != 0 {
		t.Error("it was delivered")
	}
}

func TestConnectionsThatAreEnded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		opts discordtest.Options
		do   func(s *discordtest.Server, b *bare)
		want int
	}{
		"no opcode":          {do: func(_ *discordtest.Server, b *bare) { b.send(99, nil) }, want: 4001},
		"no JSON":            {do: func(_ *discordtest.Server, b *bare) { _ = b.ws.WriteMessage(1, []byte("{")) }, want: 4002},
		"too long":           {do: func(_ *discordtest.Server, b *bare) { b.send(2, long(4096)) }, want: 4002},
		"not identified":     {do: func(_ *discordtest.Server, b *bare) { b.send(3, obj{}) }, want: 4003},
		"wrong token":        {do: func(_ *discordtest.Server, b *bare) { b.send(2, obj{"token": "x", "intents": 1, "properties": obj{}}) }, want: 4004},
		"twice":              {do: func(s *discordtest.Server, b *bare) { b.send(2, identity(s, 1)); b.send(2, identity(s, 1)) }, want: 4005},
		"no intents":         {do: func(s *discordtest.Server, b *bare) { b.send(2, identity(s, 1<<30)) }, want: 4013},
		"privileged intents": {do: func(s *discordtest.Server, b *bare) { b.send(2, identity(s, discordtest.MessageContent)) }, want: 4014},
		"wrong shard": {do: func(s *discordtest.Server, b *bare) {
			d := identity(s, 1)
			d["shard"] = []int{1, 1}
			b.send(2, d)
		}, want: 4010},
		"no shard": {opts: discordtest.Options{Shards: 2}, do: func(s *discordtest.Server, b *bare) { b.send(2, identity(s, 1)) }, want: 4011},
		"a later event": {do: func(s *discordtest.Server, b *bare) {
			b.send(2, identity(s, 1))
			s.AwaitReady(1)
			other, id := identified(b.t, s, 1)
			_ = other.ws.Close()
			again := hello(b.t, s)
			again.send(6, resume(s, id, 99))
			if code := again.code(); code != 4007 {
				b.t.Errorf("closed with %d, want 4007", code)
			}
			s.CloseConnections(4000)
		}, want: 4000},
		"too many": {opts: discordtest.Options{RateLimits: true}, do: func(s *discordtest.Server, b *bare) {
			b.send(2, identity(s, 1))
			for range 120 {
				b.send(3, obj{})
			}
		}, want: 4008},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := start(t, c.opts)
			b := hello(t, s)
			c.do(s, b)
			if got := b.code(); got != c.want {
				t.Errorf("closed with %d, want %d", got, c.want)
			}
		})
	}
	s, _ := start(t, discordtest.Options{})
	if got := dial(t, s, "?v=6").code(); got != 4012 {
		t.Errorf("version 6: closed with %d", got)
	}
}

func TestAResumeReplays(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	b, id := identified(t, s, usual)
	s.Type(discordtest.Member, discordtest.Public, "one")
	last := b.until("MESSAGE_CREATE").S
	s.CutConnections()
	s.Until("no session", func() bool { return s.Ready() == 0 })
	missed := s.Type(discordtest.Member, discordtest.Public, "two")
	for _, again := range []int{0, 1} {
		s.RepeatOnResume(again)
		b = hello(t, s)
		b.send(6, resume(s, id, last))
		for n := range 1 + again {
			p := b.read()
			var m struct{ ID string }
			must(t, json.Unmarshal(p.D, &m))
			if p.T != "MESSAGE_CREATE" || p.S != last+1-again+n || (m.ID == missed.ID) != (n == again) {
				t.Errorf("replayed %s %d", p.T, p.S)
			}
		}
		if p := b.read(); p.T != "RESUMED" && again == 0 {
			t.Errorf("then %s", p.T)
		}
	}
	if a := missed.Deliveries[0].Attempts(); len(a) != 2 || !a[0].Replayed || s.Resumes() != 2 {
		t.Errorf("the attempts are %+v", a)
	}
}

func TestASessionThatIsLost(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	b, id := identified(t, s, usual)
	s.LoseSessions()
	_ = b.ws.Close()
	b = hello(t, s)
	b.send(6, resume(s, id, 1))
	if p := b.read(); p.Op != 9 || string(p.D) != "false" {
		t.Errorf("op %d, %s", p.Op, p.D)
	}
	b.send(2, identity(s, usual))
	b.until("READY")
}

func TestEventsAreHeldAndComeTwice(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	b, _ := identified(t, s, usual)
	s.HoldEvents()
	one := s.Type(discordtest.Member, discordtest.Public, "one")
	if len(one.Deliveries[0].Attempts()) != 0 {
		t.Error("it was not held")
	}
	s.AskHeartbeat()
	for p := b.read(); p.Op != 1; p = b.read() {
		if p.T == "MESSAGE_CREATE" {
			t.Error("it was not held")
		}
	}
	s.ReleaseEvents()
	first := b.until("MESSAGE_CREATE")
	s.Redeliver(one.Deliveries[0])
	second := b.until("MESSAGE_CREATE")
	if string(first.D) != string(second.D) || second.S != first.S+1 {
		t.Errorf("%s and %s", first.D, second.D)
	}
}

func TestShards(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{Shards: 2})
	got := map[int][]string{}
	var all [2]*bare
	for n := range all {
		all[n] = hello(t, s)
		d := identity(s, usual)
		d["shard"] = []int{n, 2}
		all[n].send(2, d)
		all[n].until("READY")
	}
	s.Type(discordtest.Member, discordtest.DM(discordtest.Member), "x")
	s.Type(discordtest.Member, discordtest.Public, "x")
	s.Event(discordtest.Guild, "GUILD_UPDATE", obj{"id": discordtest.Guild})
	home := 1
	if discordtest.Made(discordtest.Guild).UnixMilli()%2 == 0 {
		home = 0
	}
	for n, b := range all {
		if n == 0 || n == home {
			must(t, json.Unmarshal(b.until("MESSAGE_CREATE").D, &obj{}))
			got[n] = append(got[n], "message")
		}
	}
	all[home].until("GUILD_UPDATE")
	if len(got[0]) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestAGuildThatTheBotLeaves(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	b, _ := identified(t, s, usual)
	s.Kick(discordtest.Bot, discordtest.Guild)
	if p := b.until("GUILD_DELETE"); string(p.D) != `{"id":"`+discordtest.Guild+`"}` {
		t.Errorf("it says %s", p.D)
	}
	_, err := c.ChannelMessageSend(discordtest.Public, "x")
	wants(t, err, 403, 50001)
	s.Join(discordtest.Bot, discordtest.OutsideGuild)
	b.until("GUILD_CREATE")
	post(t, c, discordtest.Elsewhere, "x")
}

func TestMessagesThatAreNoPersons(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	b, _ := identified(t, s, usual)
	first := s.Type(discordtest.Member, discordtest.Public, "the letter")
	for _, m := range []discordtest.Message{
		{User: discordtest.OtherBot, Channel: discordtest.Public, Content: "x", Webhook: true},
		{User: discordtest.Member, Channel: discordtest.Public, Kind: 7},
		{User: discordtest.Member, Channel: discordtest.DM(discordtest.Member), Forwarded: &first.Message},
	} {
		s.Write(m)
	}
	b.until("MESSAGE_CREATE")
	for _, want := range []string{`"webhook_id":"17`, `"type":7`, `"message_snapshots":[{"message":{`} {
		if p := b.until("MESSAGE_CREATE"); !strings.Contains(string(p.D), want) {
			t.Errorf("%s is not in %s", want, p.D)
		}
	}
}

func TestResumesGoToTheAddressForThem(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	_, id := identified(t, s, usual)
	s.CutConnections()
	b := hello(t, s)
	b.send(6, resume(s, id, 1))
	b.until("RESUMED")
	if s.ResumesElsewhere() != 1 {
		t.Errorf("%d resumes elsewhere", s.ResumesElsewhere())
	}
}

func TestWhatIsCompressed(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	got := make(chan string, 1)
	c.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Content })
	connect(t, s, c) // the client asks for it
	long := discordtest.Mention(discordtest.Bot) + long(1500)
	s.Type(discordtest.Member, discordtest.Public, long)
	select {
	case text := <-got:
		if text != long {
			t.Errorf("got %q", text)
		}
	case <-time.After(within):
		t.Error("nothing came")
	}
}
