package qdrant

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	api "github.com/qdrant/go-client/qdrant"
)

// A lease is the right to write, for a time. It is one field of one point:
// setting it is a change that Qdrant makes only where a filter matches, and
// it makes changes one after another.
type lease struct {
	x     *Index
	op    string
	mine  string // a name that nobody else has
	until time.Time
}

// nobody is the owner of a lease that is free.
const nobody = "nobody"

// acquire waits for the right to write. It fails with ErrLocked where others
// keep it for longer than x.Wait.
func (x *Index) acquire(ctx context.Context, op string) (*lease, error) {
	l := &lease{x: x, op: op, mine: uuid.NewString()}
	giveUp := time.Now().Add(x.Wait)
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		free := &api.Filter{Should: []*api.Condition{api.NewMatch(fOwner, nobody), before(x.Now())}}
		if err := l.set(ctx, l.mine, x.Now().Add(x.Lease), api.NewFilterAsCondition(free)); err != nil {
			return nil, err
		}
		owner, until, err := l.look(ctx)
		if err != nil {
			return nil, err
		}
		if owner == l.mine {
			return l, nil
		}
		if time.Now().Add(pause).After(giveUp) {
			return nil, fmt.Errorf("qdrant: %s: %w: it is at work in %s; try again when it is done, or at %s if it has broken off",
				op, ErrLocked, x.Name, until.UTC().Format(time.TimeOnly+" UTC"))
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// before is the condition that a lease had run out by then.
func before(now time.Time) *api.Condition {
	ms := float64(now.UnixMilli())
	return api.NewRange(fUntil, &api.Range{Lt: &ms})
}

// set writes who may write until when, if the condition holds.
func (l *lease) set(ctx context.Context, owner string, until time.Time, where *api.Condition) error {
	wait := true
	l.until = until
	_, err := request(ctx, l.x.link, l.op, false, l.x.client.GetPointsClient().SetPayload, &api.SetPayloadPoints{
		CollectionName: l.x.Name, Wait: &wait, Ordering: strong(),
		Payload:        map[string]*api.Value{fOwner: api.NewValueString(owner), fUntil: api.NewValueInt(until.UnixMilli())},
		PointsSelector: api.NewPointsSelectorFilter(&api.Filter{Must: []*api.Condition{api.NewHasID(lockID()), where}}),
	})
	return err
}

// look reads who may write.
func (l *lease) look(ctx context.Context) (owner string, until time.Time, err error) {
	p, err := l.x.table().get(ctx, l.op, []*api.PointId{lockID()}, fOwner, fUntil)
	if err != nil {
		return "", time.Time{}, err
	}
	lock, ok := p[lockID().GetUuid()]
	if !ok {
		return "", time.Time{}, fmt.Errorf("qdrant: %s: %w: the collection %s has no lock: it is not made by this program, or damaged; copy into an index of another name", l.op, ErrForeign, l.x.Name)
	}
	return lock[fOwner].GetStringValue(), time.UnixMilli(lock[fUntil].GetIntegerValue()), nil
}

// errLost: somebody else has the lease by now.
var errLost = errors.New("the right to write ran out in the middle: see that the clocks agree, and do the same again")

// keep renews the lease until stop is called. The context that it returns is
// done as soon as the lease is not sure to be held.
func (l *lease) keep(ctx context.Context) (held context.Context, stop func()) {
	held, cancel := context.WithCancelCause(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		last := time.Now()
		tick := time.NewTicker(l.x.Lease / 4)
		defer tick.Stop()
		for {
			select {
			case <-held.Done():
				return
			case <-tick.C:
			}
			err := l.set(held, l.mine, l.x.Now().Add(l.x.Lease), api.NewMatch(fOwner, l.mine))
			owner := ""
			if err == nil {
				owner, _, err = l.look(held)
			}
			switch {
			case err == nil && owner == l.mine:
				last = time.Now()
			case err == nil || time.Since(last) > l.x.Lease/2:
				cancel(fmt.Errorf("qdrant: %s: %w: %w", l.op, ErrLocked, errLost))
				return
			}
		}
	}()
	return held, func() { cancel(nil); <-stopped }
}

// release gives the lease back. Where that fails, it runs out by itself.
func (l *lease) release(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), min(l.x.Write, 5*time.Second))
	defer stop()
	_ = l.set(ctx, nobody, time.UnixMilli(0), api.NewMatch(fOwner, l.mine))
}
