package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/ledger"
	"github.com/everycategory/advocate/bot/phi"
)

// Accept takes an order and reports whether it is new. What it returned nil
// for is in the ledger, redacted: acknowledge it then, and only then. An
// order that cannot be done is accepted as one that says why.
func (d *Dispatcher) Accept(ctx context.Context, o Order) (bool, error) {
	if len(o.Reply) > MaxReply {
		return false, fmt.Errorf("chat: what the door needs to reply has %d bytes, at most %d", len(o.Reply), MaxReply)
	}
	o, err := d.ready(ctx, o)
	if err != nil {
		return false, err
	}
	n := note{Door: o.Reply, Ref: o.Ref, Value: o.Value, Notice: o.Notice, Public: o.Public, Direct: o.Direct}
	e := ledger.Event{Keys: o.Keys, From: o.From, At: o.At, Kind: string(o.Kind)}
	n.Held = newName()
	switch {
	case slices.Contains(noteless, string(o.Kind)):
		d.held.put(n.Held, thing{order: &o, from: o.From})
	case o.Kind == Ask:
		text, named := d.redact(o.Ask.Text)
		if n.Named = named && o.Public; n.Named {
			n.Public = false
		}
		if text != o.Ask.Text { // the first answer is to the words themselves, as at every door
			n.Held = newName()
			d.held.put(n.Held, thing{order: &o, from: o.From})
		}
		kept := o.Ask
		kept.Text = text
		if e.Text, err = keepRequest(kept); err != nil {
			return false, err
		}
	case o.Kind == Say: // it waits for nothing that is worked on in the thread
		n.Thread, e.At.Thread = o.At.Thread, ""
	case o.Kind == Settings:
		e.Text, n.Value = ledger.Text(settingWords(d.Rules, o.Value)), ""
	}
	if e.Reply, err = json.Marshal(n); err != nil {
		return false, err
	}
	d.held.begin(n.Held)
	accepted := false
	defer func() { // after a panic too
		if !accepted {
			d.held.drop(n.Held)
			d.held.end(n.Held)
		}
	}()
	if accepted, err = d.Ledger.Accept(ctx, e); err != nil || !accepted {
		return false, err
	}
	if o.Kind.limited() {
		d.limits.add(o)
	}
	select {
	case d.kick <- struct{}{}:
	default:
	}
	return true, nil
}

// redact replaces what identifies somebody, and reports whether anything
// surely does.
func (d *Dispatcher) redact(text string) (string, bool) {
	out, found := d.Gate.NewCase(phi.Question).Redact(text, phi.Outside)
	return out, slices.ContainsFunc(found, func(f phi.Finding) bool { return f.Sure })
}

// instead is an order that says a notice and nothing else.
func (o Order) instead(n Notice) Order {
	return Order{Keys: o.Keys, From: o.From, At: o.At, Kind: Say, Reply: o.Reply, Direct: o.Direct, Notice: n}
}

// ready makes an order one that can be done: what a button stands for is
// looked up, and what cannot be done says why.
func (d *Dispatcher) ready(ctx context.Context, o Order) (Order, error) {
	if o.Ref != "" && (o.Kind == Ask || o.Kind.limited()) {
		again, err := d.again(ctx, o)
		if err != nil || again.Kind == Say {
			return again, err
		}
		o = again
	}
	switch {
	case o.Kind == Ask && strings.TrimSpace(o.Ask.Text) == "":
		return o.instead(NoticeEmpty), nil
	case (o.Kind == Rebut || o.Kind == Rewrite) && !d.Notes:
		return o.instead(NoticeNoNotes), nil
	case o.Kind == Ask && len(o.Ask.Text) > maxQuestion, o.Kind == Settings && len(o.Value) > maxSetting:
		return o.instead(NoticeUnreadable), nil
	case o.Kind.limited() && d.limits.over(o, d.PerPerson, d.PerChannel):
		return o.instead(NoticeOften), nil
	case o.Kind.limited() && d.held.count() >= d.Queue:
		return o.instead(NoticeBusy), nil
	}
	return o, nil
}

// Bounds of what is stored, in bytes. A longer question is no question.
const (
	maxQuestion = 16 << 10
	maxSetting  = 200
)

// again makes an order of the button below an answer: what was asked, with
// the fact that the button says.
func (d *Dispatcher) again(ctx context.Context, o Order) (Order, error) {
	id, ok := idOf(o.Ref)
	if !ok {
		return o.instead(NoticeExpired), nil
	}
	job, ok, err := d.Ledger.Recall(ctx, id)
	if err != nil {
		return o, err
	}
	n, err2 := noteOf(job)
	if !ok || err2 != nil || job.Forgotten || job.At.Workspace != o.At.Workspace {
		return o.instead(NoticeExpired), nil
	}
	if !n.Public && job.From != o.From {
		return o.instead(NoticeNotYours), nil
	}
	facts := o.Ask.Facts
	o.Kind, o.Ref, o.Value = Kind(job.Kind), "", ""
	words := d.words(id, n)
	if o.Kind == Ask {
		if o.Ask, err = readRequest(job.Text); err != nil {
			return o.instead(NoticeExpired), nil
		}
		if words != nil {
			o.Ask = words.Ask
		}
		o.Ask = withFacts(o.Ask, facts)
		return o, nil
	}
	if words == nil || job.From != o.From {
		return o.instead(NoticeExpired), nil
	}
	o.Rebut, o.Testify, o.Rewrite, o.Ask = words.Rebut, words.Testify, words.Rewrite, words.Ask
	o.Ask, o.Rebut.Request = withFacts(o.Ask, facts), withFacts(o.Rebut.Request, facts)
	return o, nil
}

// words are those of an order as they were given, if they are in memory.
func (d *Dispatcher) words(id int64, n note) *Order {
	if t, ok := d.held.get(refOf(id)); ok && t.result != nil {
		return &t.result.order
	}
	if t, ok := d.held.get(n.Held); ok {
		return t.order
	}
	return nil
}

func noteOf(j ledger.Job) (n note, err error) {
	if len(j.Reply) == 0 {
		return n, errors.New("chat: a stored order has no reply")
	}
	err = json.Unmarshal(j.Reply, &n)
	return n, err
}

// withFacts is a request that says some facts, "name=value", in the place of
// what it said of them before.
func withFacts(r bot.Request, facts []string) bot.Request {
	for _, f := range facts {
		name, value, ok := strings.Cut(f, "=")
		switch {
		case !ok:
		case name == "plan":
			r.Plan = value
		case name == "state":
			r.State = value
		default:
			said := slices.DeleteFunc(slices.Clone(r.Facts), func(old string) bool { return strings.HasPrefix(old, name+"=") })
			r.Facts = append(said, f)
		}
	}
	return r
}
