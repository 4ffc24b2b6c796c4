package ledger

import (
	"context"
	"database/sql"
	"time"
)

// Accept implements Queue.
func (f *File) Accept(ctx context.Context, e Event) (accepted bool, err error) {
	err = f.do(ctx, "accept", func(t tx) error {
		if err := f.event(e); err != nil {
			return err
		}
		now := f.ms()
		known, err := learn(t, e, now)
		if err != nil || known {
			return err
		}
		accepted = true
		_, err = t.exec(`INSERT INTO event (platform, place, who, kind, text, reply, received, attempt, due, outcome, forgotten)
			VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, '', 0)`,
			e.At.Platform, e.At.join(), e.From.join(), e.Kind, orNull(e.Text), orNull(e.Reply), now, now)
		return err
	})
	return accepted && err == nil, err
}

// learn notes the keys of an event and reports whether one was known.
func learn(t tx, e Event, now int64) (known bool, err error) {
	for _, key := range hashes(e.At.Platform, e.Keys) {
		var at int64
		found, err := t.row([]any{&at}, "SELECT at FROM seen WHERE key = ?", key[:])
		if err != nil {
			return false, err
		}
		known = known || found
		if found && at >= now-keyRenewal.Milliseconds() {
			continue // most duplicates write nothing
		}
		if _, err := t.exec("INSERT INTO seen (key, at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = excluded.at", key[:], now); err != nil {
			return false, err
		}
	}
	return known, nil
}

// orNull is what is stored of a text: nothing, if it is empty.
func orNull(t Text) any {
	if len(t) == 0 {
		return nil
	}
	return []byte(t)
}

// jobColumns are what scanJob reads.
const jobColumns = "id, place, who, kind, text, reply, received, attempt, forgotten"

func scanJob(into *Job) []any {
	return []any{&into.ID, joinedPlace{&into.At}, joinedPrincipal{&into.From}, &into.Kind, (*[]byte)(&into.Text), (*[]byte)(&into.Reply),
		stored{&into.Received}, &into.Attempt, &into.Forgotten}
}

// Recall implements Queue.
func (f *File) Recall(ctx context.Context, id int64) (job Job, ok bool, err error) {
	err = f.do(ctx, "recall", func(t tx) error {
		ok, err = t.row(scanJob(&job), "SELECT "+jobColumns+" FROM event WHERE id = ?", id)
		return err
	})
	if err != nil || !ok {
		return Job{}, false, err
	}
	return job, true, nil
}

// Claim implements Queue.
func (f *File) Claim(ctx context.Context, w Want) (job Job, ok bool, err error) {
	err = f.do(ctx, "claim", func(t tx) error {
		if err := w.check(); err != nil {
			return err
		}
		now := f.ms()
		for {
			found, err := f.next(t, w, now, &job)
			if err != nil || !found {
				return err
			}
			if job.Attempt >= 2*f.Attempts {
				if err := end(t, job.ID, now, abandoned); err != nil {
					return err
				}
				continue
			}
			ok = true
			job.Attempt++
			job.Failed, job.Lease = job.Attempt > f.Attempts, newToken()
			job.Until = timeOf(now + w.Lease.Milliseconds())
			_, err = t.exec("UPDATE event SET attempt = ?, lease = ?, due = ? WHERE id = ?",
				job.Attempt, job.Lease, now+(w.Lease+f.Grace).Milliseconds(), job.ID)
			return err
		}
	})
	if err != nil || !ok {
		return Job{}, false, err
	}
	return job, true, nil
}

// next finds the event that Claim takes. In order, none is taken that has an
// unfinished one before it in its thread; a place without ends with unit.
func (f *File) next(t tx, w Want, now int64, job *Job) (bool, error) {
	*job = Job{}
	return t.row(scanJob(job), "SELECT "+jobColumns+` FROM event AS e
		WHERE platform = ? AND finished IS NULL AND (due <= ? OR due > ?)
		AND (? OR substr(place, -1) = char(31) OR NOT EXISTS
			(SELECT 1 FROM event AS o WHERE o.place = e.place AND o.id < e.id AND o.finished IS NULL))
		ORDER BY id LIMIT 1`, w.Platform, now, now+horizon, w.Unordered)
}

// end finishes an event. Effects that are not settled then never are.
func end(t tx, id, now int64, outcome string) error {
	if _, err := t.exec("UPDATE event SET finished = ?, outcome = ?, lease = NULL WHERE id = ?", now, outcome, id); err != nil {
		return err
	}
	if _, err := t.exec("UPDATE effect SET state = ? WHERE event = ? AND state = 'begun'", Unsure, id); err != nil {
		return err
	}
	_, err := t.exec("DELETE FROM event WHERE id = ? AND forgotten", id)
	return err
}

// held reads the event of a job, whose lease must be good.
func held(t tx, j Job) (Job, error) {
	var now Job
	ok, err := t.row(scanJob(&now), "SELECT "+jobColumns+" FROM event WHERE id = ? AND lease = ? AND finished IS NULL", j.ID, j.Lease)
	if err == nil && !ok {
		err = ErrLost
	}
	return now, err
}

// unsettled reports whether a job has a begun effect.
func unsettled(t tx, j Job) (bool, error) {
	var one int
	return t.row([]any{&one}, "SELECT 1 FROM effect WHERE event = ? AND state = 'begun' LIMIT 1", j.ID)
}

// Extend implements Queue.
func (f *File) Extend(ctx context.Context, j Job, d time.Duration) (Job, error) {
	until := j.Until
	err := f.do(ctx, "extend", func(t tx) error {
		if err := duration("a lease", d); err != nil {
			return err
		}
		now := f.ms()
		until = timeOf(now + d.Milliseconds())
		n, err := t.exec("UPDATE event SET due = ? WHERE id = ? AND lease = ? AND finished IS NULL", now+(d+f.Grace).Milliseconds(), j.ID, j.Lease)
		if err == nil && n == 0 {
			err = ErrLost
		}
		return err
	})
	if err == nil {
		j.Until = until
	}
	return j, err
}

// Release implements Queue.
func (f *File) Release(ctx context.Context, j Job) error {
	return f.do(ctx, "release", func(t tx) error { return f.giveBack(t, j, 0, 1) })
}

// Retry implements Queue.
func (f *File) Retry(ctx context.Context, j Job, d time.Duration) error {
	return f.do(ctx, "retry", func(t tx) error {
		if err := duration("a delay", d); err != nil {
			return err
		}
		return f.giveBack(t, j, d, 0)
	})
}

// giveBack ends a lease. With a begun effect the event rests.
func (f *File) giveBack(t tx, j Job, d time.Duration, uncounted int) error {
	rest, err := unsettled(t, j)
	if err != nil {
		return err
	}
	if rest {
		d = max(d, f.Grace)
	}
	n, err := t.exec("UPDATE event SET lease = NULL, attempt = attempt - ?, due = ? WHERE id = ? AND lease = ? AND finished IS NULL",
		uncounted, f.ms()+d.Milliseconds(), j.ID, j.Lease)
	if err == nil && n == 0 {
		err = ErrLost
	}
	return err
}

// Finish implements Queue.
func (f *File) Finish(ctx context.Context, j Job, outcome string) error {
	return f.do(ctx, "finish", func(t tx) error {
		if err := name("the outcome", outcome); err != nil {
			return err
		}
		if _, err := held(t, j); err != nil {
			return err
		}
		open, err := unsettled(t, j)
		if err != nil {
			return err
		}
		if open {
			return ErrUnsettled
		}
		return end(t, j.ID, f.ms(), outcome)
	})
}

// Begin implements Queue.
func (f *File) Begin(ctx context.Context, j Job, effect string) (Effect, error) {
	e := Effect{Name: effect}
	err := f.do(ctx, "begin", func(t tx) error {
		if err := name("the effect", effect); err != nil {
			return err
		}
		if _, err := held(t, j); err != nil {
			return err
		}
		found, err := t.row([]any{&e.Token, &e.State, &e.External}, "SELECT token, state, external FROM effect WHERE event = ? AND name = ?", j.ID, effect)
		if err != nil {
			return err
		}
		if !found {
			e.Token, e.State = newToken(), Undone
		}
		if e.State = beginning(e.State); e.State == Fresh {
			_, err = t.exec(`INSERT INTO effect (event, name, token, state, external) VALUES (?, ?, ?, ?, '')
				ON CONFLICT (event, name) DO UPDATE SET state = excluded.state`, j.ID, effect, e.Token, begun)
		}
		return err
	})
	if err != nil {
		return Effect{}, err
	}
	return e, nil
}

// Settle implements Queue.
func (f *File) Settle(ctx context.Context, j Job, effect string, as State, external string) error {
	return f.do(ctx, "settle", func(t tx) error {
		if err := settleCheck(effect, as, external); err != nil {
			return err
		}
		if as != Done {
			if _, err := held(t, j); err != nil {
				return err
			}
		}
		var was State
		found, err := t.row([]any{&was}, "SELECT state FROM effect WHERE event = ? AND name = ?", j.ID, effect)
		if err != nil {
			return err
		}
		if !found {
			return f.unknown(t, j)
		}
		change, ok := was.settles(as)
		if !ok {
			return invalid("the effect is settled as %s", was)
		}
		if !change {
			return nil
		}
		if as != Done {
			external = ""
		}
		_, err = t.exec("UPDATE effect SET state = ?, external = ? WHERE event = ? AND name = ?", as, external, j.ID, effect)
		return err
	})
}

// unknown says why a job has no such effect.
func (f *File) unknown(t tx, j Job) error {
	var one int
	found, err := t.row([]any{&one}, "SELECT 1 FROM event WHERE id = ?", j.ID)
	if err == nil && !found {
		return ErrLost
	}
	if err == nil {
		err = invalid("the effect was never begun")
	}
	return err
}

// joinedPlace scans a stored place.
type joinedPlace struct{ into *Place }

// Scan implements sql.Scanner.
func (s joinedPlace) Scan(v any) error {
	joined, ok := v.(string)
	*s.into = placeOf(joined)
	return stands(ok)
}

// joinedPrincipal scans a stored principal.
type joinedPrincipal struct{ into *Principal }

// Scan implements sql.Scanner.
func (s joinedPrincipal) Scan(v any) error {
	joined, ok := v.(string)
	*s.into = principalOf(joined)
	return stands(ok)
}

// stored scans a stored time.
type stored struct{ into *time.Time }

// Scan implements sql.Scanner.
func (s stored) Scan(v any) error {
	ms, ok := v.(int64)
	*s.into = timeOf(ms)
	return stands(ok)
}

// stands is the error of a column that holds another kind of value than the
// schema has; it does not say which value.
func stands(ok bool) error {
	if !ok {
		return ErrDamaged
	}
	return nil
}

var (
	_ sql.Scanner = joinedPlace{}
	_ sql.Scanner = joinedPrincipal{}
	_ sql.Scanner = stored{}
)
