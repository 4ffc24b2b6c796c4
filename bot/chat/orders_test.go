package chat

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
)

// TestNotices: orders that cannot be done are accepted, and say why.
func TestNotices(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(w *world, o *Options)
		kind   Kind
		order  func(o *Order)
		want   Notice
	}{
		{"no words", nil, Ask, func(o *Order) { o.Ask.Text = " \n" }, NoticeEmpty},
		{"too many words", nil, Ask, func(o *Order) { o.Ask.Text = strings.Repeat("word ", 5000) }, NoticeUnreadable},
		{"a note where none is taken", func(_ *world, o *Options) { o.Notes = false }, Rewrite, nil, NoticeNoNotes},
		{"a denial where none is taken", func(_ *world, o *Options) { o.Notes = false }, Rebut, nil, NoticeNoNotes},
		{"a button of nothing", nil, Ask, func(o *Order) { o.Ref = "e9" }, NoticeExpired},
		{"a button of nonsense", nil, Share, func(o *Order) { o.Ref = "x" }, NoticeExpired},
		{"no committee", nil, Committee, func(o *Order) { o.Ref = "e1" }, NoticeExpired},
		{"an unknown kind", nil, Kind("other"), nil, NoticeHere},
		{"a notice", nil, Say, func(o *Order) { o.Notice = NoticeFile }, NoticeFile},
		{"an unreadable day", func(w *world, _ *Options) {
			w.mind.think = func(context.Context, bot.Request) error { return bot.ErrDay }
		}, Ask, nil, NoticeDay},
		{"a file that is none", nil, Check, func(o *Order) { o.File = func(context.Context) (string, error) { return "", ErrFile } }, NoticeFile},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, tt.change)
			w.gives(tt.kind, tt.order)
			all := w.door.all()
			if len(all) != 1 || all[0].said.Notice != tt.want || !all[0].to.Private {
				t.Errorf("sent %+v, want %s", all, tt.want)
			}
		})
	}
}

// TestLimits: who asks too often is told so, and so is who asks when too many
// do; a delivery that comes again counts once.
func TestLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(_ *world, o *Options) { o.PerPerson, o.PerChannel = 2, 3 })
	for range 2 {
		w.gives(Ask, nil)
	}
	again := w.order(Ask, func(o *Order) { o.Keys = []ledger.Key{"k1"} })
	if ok, err := w.Accept(t.Context(), again); ok || err != nil {
		t.Errorf("a known delivery: %t, %v", ok, err)
	}
	w.gives(Ask, nil)
	if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeOften}) {
		t.Errorf("notices %q", got)
	}
	w.gives(Ask, func(o *Order) { o.From = ben })
	w.gives(Ask, func(o *Order) { o.From = ben })
	if got := w.door.notices(); len(got) != 2 {
		t.Errorf("notices %q: the channel has a limit of its own", got)
	}
	w.tick(time.Minute)
	w.gives(Ask, nil)
	if got := answers(w.door.all()); len(got) != 4 {
		t.Errorf("%d answers", len(got))
	}
}

// TestBusy: when too many wait, one more is told, and its words are not kept.
func TestBusy(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	w := newWorld(t, func(w *world, o *Options) {
		o.Workers, o.Queue = 1, 1
		w.mind.think = func(context.Context, bot.Request) error { <-release; return nil }
	})
	for range 2 {
		if _, err := w.Accept(t.Context(), w.order(Ask, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if job, ok, err := w.Ledger.Recall(t.Context(), 2); !ok || err != nil || len(job.Text) > 0 || job.Kind != string(Say) {
		t.Errorf("kept %v, %v", job, err)
	}
	close(release)
	w.idle()
	if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeBusy}) {
		t.Errorf("notices %q", got)
	}
}

// TestNothingIsKept: of denials, drafts, hearings and notes no word is in the
// ledger, and of a question what identifies nobody.
func TestNothingIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	const words = "Canary words"
	w.gives(Rebut, func(o *Order) { o.Rebut.Text = words })
	w.gives(Check, func(o *Order) { o.Ask.Text = words })
	w.gives(Testify, func(o *Order) { o.Testify.About = words })
	w.gives(Rewrite, func(o *Order) { o.Rewrite.Text = words })
	w.gives(Ask, func(o *Order) { o.Ask.Text = "Mrs. Jane Doe, SSN 123-45-6789, was denied. What now?" })
	for id := int64(1); id <= 5; id++ {
		job, ok, err := w.Ledger.Recall(t.Context(), id)
		if !ok || err != nil {
			t.Fatal(id, err)
		}
		for _, kept := range [][]byte{job.Text, job.Reply} {
			if bytes.Contains(kept, []byte("anary")) || bytes.Contains(kept, []byte("Doe")) || bytes.Contains(kept, []byte("123-45")) {
				t.Errorf("%s keeps %s", job.Kind, kept)
			}
		}
	}
	if w.mind.count() != 5 || !strings.Contains(w.mind.last().Text, "Doe") {
		t.Errorf("asked %q: the first answer is to the words themselves", w.mind.last().Text)
	}
	all := w.door.all()
	if shown := all[len(all)-1].shape.Asked; strings.Contains(shown, "Doe") || !strings.Contains(shown, "was denied") {
		t.Errorf("shown as asked: %q", shown)
	}
}

// TestNamed: a public question that names somebody is answered to who asked
// alone, and they are told first.
func TestNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.gives(Ask, func(o *Order) { o.Public, o.Ask.Text = true, "My patient, SSN 123-45-6789, was denied. What now?" })
	all := w.door.all()
	if len(all) != 2 || all[0].said.Notice != NoticeIdentifiers || all[1].said.Answer == nil || !all[0].to.Private || !all[1].to.Private {
		t.Errorf("sent %+v", all)
	}
	w.gives(Ask, func(o *Order) { o.Public = true })
	if all = w.door.all(); len(all) != 3 || all[2].to.Private {
		t.Errorf("sent %+v", all[2:])
	}
}

// TestLost: words that were only in memory have to be given again after a
// restart; a question has not.
func TestLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.stop()
	for _, k := range []Kind{Rewrite, Ask} {
		if _, err := w.Accept(t.Context(), w.order(k, func(o *Order) { o.Rewrite.Text, o.At.Thread = "a note", string(k) })); err != nil {
			t.Fatal(err)
		}
	}
	next, err := New(w.Options)
	if err != nil {
		t.Fatal(err)
	}
	w.Dispatcher = next
	w.run()
	w.until("both", func() bool { return len(w.door.all()) == 2 })
	if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeLost}) || len(answers(w.door.all())) != 1 {
		t.Errorf("sent %+v", w.door.all())
	}
}

// TestButtons: what a button stands for is what was asked, with what it adds;
// those of private answers and drafts are their owner's.
func TestButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.gives(Ask, func(o *Order) { o.Ask.Facts = []string{"grandfathered=yes", "visit=2"} })
	w.gives(Ask, func(o *Order) {
		o.Ref, o.Ask = refOf(1), bot.Request{Facts: []string{"plan=self-funded", "grandfathered=no"}}
	})
	got := w.mind.last()
	if got.Plan != "self-funded" || !slices.Equal(got.Facts, []string{"visit=2", "grandfathered=no"}) || !strings.Contains(got.Text, "prior authorization") {
		t.Errorf("asked %+v", got)
	}
	theirs := func(o *Order) { o.From, o.Ref, o.Ask = ben, refOf(1), bot.Request{Facts: []string{"plan=medicare"}} }
	w.gives(Ask, theirs)
	w.gives(Share, func(o *Order) { theirs(o); o.Keys = []ledger.Key{"share"} })
	if got := w.door.notices(); !slices.Equal(got, []Notice{NoticeNotYours, NoticeNotYours}) {
		t.Errorf("notices %q", got)
	}
	w.gives(Rebut, func(o *Order) { o.Rebut.Text = "a denial" }) // e5
	w.gives(Ask, func(o *Order) { o.Ref, o.Ask = refOf(5), bot.Request{Facts: []string{"writer=enrollee"}} })
	if got := w.mind.last(); got.Text != "a denial" || !slices.Equal(got.Facts, []string{"writer=enrollee"}) {
		t.Errorf("asked %+v", got)
	}
	w.gives(Document, func(o *Order) { o.Ref, o.Value = refOf(5), DocumentLetter })
	all := w.door.all()
	if m := all[len(all)-1]; m.file == nil || m.file.Name != "letter.docx" || m.to.At.Channel != "" {
		t.Errorf("sent %+v", m)
	}
	w.gives(Document, func(o *Order) { o.From, o.Ref, o.Value = ben, refOf(5), DocumentLetter })
	if got := w.door.notices(); got[len(got)-1] != NoticeNotYours {
		t.Errorf("notices %q", got)
	}
}

// TestNoFile: where a file cannot be sent its text is.
func TestNoFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, _ *Options) {
		w.door.before = func(_ To, p Post, _ string) error {
			if p.File != nil {
				return ErrRefused
			}
			return nil
		}
	})
	w.gives(Rebut, func(o *Order) { o.Rebut.Text = "Sir" })
	w.gives(Document, func(o *Order) { o.Ref, o.Value = refOf(1), DocumentLetter })
	all := w.door.all()
	if m := all[len(all)-1]; m.said.Copy == nil || m.said.Copy.Text != "Dear Sir" || all[len(all)-2].said.Notice != NoticeNoFile {
		t.Errorf("sent %+v", all)
	}
}

// TestShare: shared, an answer stands where it was asked, with who shares it;
// where others might see it, it holds public documents only.
func TestShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(_ *world, o *Options) { o.Scopes = func(string) []string { return []string{"members"} } })
	w.gives(Ask, nil)
	if got := w.mind.last(); !slices.Equal(got.Scopes, []string{"public", "members"}) || got.Person != "fake:W:ann" {
		t.Errorf("asked %+v", got)
	}
	w.door.who = Who{Outside: true}
	w.gives(Share, func(o *Order) { o.Ref = refOf(1) })
	if got := w.mind.last(); got.Scopes != nil {
		t.Errorf("shared with %q", got.Scopes)
	}
	all := answers(w.door.all())
	if len(all) != 2 || all[1].to.Private || all[1].shape.By != "@ann" || all[1].shape.Private || all[1].shape.Asked == "" {
		t.Errorf("sent %+v", all)
	}
	w.door.whoErr = errors.New("users.info: gone")
	w.gives(Ask, nil)
	if got := w.mind.last(); got.Scopes != nil {
		t.Errorf("of nobody knows whom it searched %q", got.Scopes)
	}
}

// TestCommittee: people are told with who asks, once they take it the thread
// is quiet, and a question in it says so.
func TestCommittee(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, _ *Options) { w.door.who = Who{Admin: true} })
	w.gives(Settings, func(o *Order) { o.Value = "set committee <#C9|people>" })
	w.gives(Ask, func(o *Order) { o.Public = true })
	w.gives(Committee, func(o *Order) { o.Ref = refOf(2) })
	all := w.door.all()
	told := all[2]
	if told.said.HandOff == nil || told.to.At.Channel != "C9" || told.said.HandOff.Of != ann || told.to.Private || all[3].said.Notice != NoticeHanded {
		t.Fatalf("sent %+v", all)
	}
	w.gives(Ask, func(o *Order) { o.Public = true })
	if len(answers(w.door.all())) != 2 {
		t.Error("it is quiet before anybody answers")
	}
	w.gives(Take, func(o *Order) {
		o.From, o.Ref, o.Public, o.At = ben, refOf(2), true, ledger.Place{Platform: "fake", Workspace: "W", Channel: "C9", Thread: told.id}
	})
	all = w.door.all()
	if m := all[len(all)-1]; m.said.Taken == nil || m.over != told.id || !strings.Contains(m.said.Taken.Asked, "prior authorization") {
		t.Errorf("sent %+v", m)
	}
	w.gives(Ask, func(o *Order) { o.Public = true })
	if got := w.door.notices(); got[len(got)-1] != NoticeQuiet || len(answers(w.door.all())) != 2 {
		t.Errorf("notices %q", got)
	}
}

// TestCommitteeOutside: what a committee in a shared channel is told is made of
// public documents alone.
func TestCommitteeOutside(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, o *Options) {
		w.door.who = Who{Admin: true}
		o.Scopes = func(string) []string { return []string{"members"} }
	})
	w.gives(Settings, func(o *Order) { o.Value = "set committee <#C9|people>" })
	w.gives(Ask, func(o *Order) { o.Public = true })
	for id, tt := range []struct {
		who   Who
		asked int
	}{{Who{}, 1}, {Who{Outside: true}, 3}} {
		w.door.who = Who{}
		if id > 0 {
			w.gives(Ask, func(o *Order) { o.Public = true })
		}
		w.door.who = tt.who
		w.gives(Committee, func(o *Order) { o.Ref = refOf(int64(2 + 2*id)) })
		if got := w.mind.count(); got != tt.asked || tt.who.Outside && w.mind.last().Scopes != nil {
			t.Errorf("of %+v it was asked %d times, last of %q", tt.who, got, w.mind.last().Scopes)
		}
	}
}

// TestTakenFirst: a person who takes what was handed over before the program
// noted the handing has taken it.
func TestTakenFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.gives(Ask, func(o *Order) { o.Public = true })
	w.gives(Take, func(o *Order) {
		o.From, o.Ref, o.Public, o.At = ben, refOf(1), true, ledger.Place{Platform: "fake", Workspace: "W", Channel: "C9", Thread: "told"}
	})
	if quiet, err := w.Ledger.Quiet(t.Context(), place); !quiet || err != nil {
		t.Errorf("quiet: %t, %v", quiet, err)
	}
}

// TestHeard: somebody who asked nothing in a thread that was handed over
// answers it; who asked in it does not.
func TestHeard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.gives(Ask, func(o *Order) { o.Public = true })
	if _, _, err := w.Ledger.OpenHandOff(t.Context(), ledger.HandOff{From: place, To: ledger.Place{Platform: "fake", Channel: "C9"}, By: ann}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		by    ledger.Principal
		quiet bool
	}{{ann, false}, {ben, true}} {
		if err := w.Heard(t.Context(), place, tt.by); err != nil {
			t.Fatal(err)
		}
		if got, err := w.Ledger.Quiet(t.Context(), place); got != tt.quiet || err != nil {
			t.Errorf("after %s it is quiet: %t, %v", tt.by.User, got, err)
		}
	}
}

// TestForget: nothing of the person is left, in the ledger or in memory.
func TestForget(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.gives(Ask, nil)
	w.gives(Rebut, func(o *Order) { o.Rebut.Text = "a denial" })
	w.gives(Forget, nil)
	if got := w.door.notices(); got[len(got)-1] != NoticeForgotten {
		t.Errorf("notices %q", got)
	}
	for id := int64(1); id <= 3; id++ {
		if _, ok, err := w.Ledger.Recall(t.Context(), id); ok || err != nil {
			t.Errorf("event %d is kept: %v", id, err)
		}
	}
	for name, x := range w.held.things {
		t.Errorf("%s of %s is held", name, x.from.User)
	}
	if turns, err := w.Ledger.Thread(t.Context(), place); len(turns) > 0 || err != nil {
		t.Errorf("%d turns, %v", len(turns), err)
	}
}

// TestForgetFile: no byte of the file names the person, though the order to
// forget did.
func TestForgetFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	w := newWorld(t, func(w *world, o *Options) {
		l, err := ledger.Open(t.Context(), file, ledger.Options{Now: w.now, Noteless: Noteless(), Grace: -1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		o.Ledger = l
	})
	canary := ledger.Principal{Platform: "fake", Workspace: "W", User: "CANARY-PERSON"}
	left := func() (n int) {
		files, err := filepath.Glob(file + "*")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			n += strings.Count(string(data), canary.User)
		}
		return n
	}
	w.gives(Ask, func(o *Order) { o.From = canary })
	if left() == 0 {
		t.Fatal("the person is not in the file in the first place")
	}
	w.gives(Forget, func(o *Order) { o.From = canary })
	w.stop()
	if n := left(); n > 0 {
		t.Errorf("the person is in the file %d times", n)
	}
}

// TestSettings: admins set what others only see; what is set holds.
func TestSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	set := func(value string) { w.gives(Settings, func(o *Order) { o.Value = value }) }
	last := func() message { all := w.door.all(); return all[len(all)-1] }
	set("set answers off")
	if last().said.Notice != NoticeNotAdmin {
		t.Errorf("said %+v", last().said)
	}
	w.door.who = Who{Admin: true}
	for _, bad := range []string{"answers perhaps", "state ZZ", "committee #people", "other on", "answers", "answers on now"} {
		set(bad)
		if all := w.door.all(); all[len(all)-2].said.Notice != NoticeSetting {
			t.Errorf("%q: said %+v", bad, all[len(all)-2].said)
		}
	}
	value := func(name string) string {
		for _, s := range last().said.Settings {
			if s.Name == name {
				return s.Value
			}
		}
		return "?"
	}
	set("set answers OFF")
	if value("answers") != "off" || value("mentions") != "" {
		t.Errorf("shown %+v", last().said.Settings)
	}
	w.gives(Ask, func(o *Order) { o.Public = true })
	if last().said.Notice != NoticeOff {
		t.Errorf("said %+v", last().said)
	}
	w.gives(Ask, nil)
	if last().said.Answer == nil {
		t.Error("a command is not answered either")
	}
	set("answers none")
	set("mentions private")
	w.gives(Ask, func(o *Order) { o.Public = true })
	if m := last(); m.said.Answer == nil || !m.to.Private {
		t.Errorf("sent %+v", m)
	}
	set("state or")
	w.gives(Ask, func(o *Order) { o.At.Thread = "other" })
	if got := w.mind.last(); got.State != "OR" {
		t.Errorf("asked of %q", got.State)
	}
	w.gives(Ask, func(o *Order) { o.At.Thread, o.Ask.Text = "third", "Must a plan in Washington pay an LMT?" })
	if got := w.mind.last(); got.State != "" {
		t.Errorf("asked of %q", got.State)
	}
}

// TestShareDrafts: a draft is shared where it was asked for, without what is
// for its owner alone; one with what was put back, and a note, never are.
func TestShareDrafts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	last := func() message { all := w.door.all(); return all[len(all)-1] }
	direct := func(o *Order) { o.At, o.Direct = ledger.Place{Platform: "fake", Workspace: "W", Channel: "dm"}, true }
	w.gives(Testify, func(o *Order) { o.Testify.About = "a bill" })
	if m := w.door.all()[0]; !m.shape.Private || m.shape.Kept || m.to.At.Channel != "" {
		t.Errorf("sent %+v", m)
	}
	w.gives(Share, func(o *Order) { direct(o); o.Ref = refOf(1) })
	all := w.door.all()
	if m := all[len(all)-2]; m.said.Testimony == nil || m.to.At != place || m.to.Private || m.shape.Private || m.shape.By != "@ann" || last().said.Notice != NoticeShared {
		t.Errorf("sent %+v", m)
	}
	w.gives(Rebut, func(o *Order) { o.Rebut.Text, o.Rebut.Restore = "a denial", true }) // e3
	w.gives(Share, func(o *Order) { direct(o); o.Ref, o.Keys = refOf(3), []ledger.Key{"share3"} })
	if last().said.Notice != NoticeNotYours {
		t.Errorf("said %+v", last().said)
	}
	w.gives(Check, func(o *Order) { direct(o); o.Ask.Text = "a draft" })
	if m := last(); !m.shape.Private || !m.shape.Kept || m.to.Private {
		t.Errorf("directly it is sent %+v", m)
	}
}
