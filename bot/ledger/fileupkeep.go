package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"
)

// Forget implements Ledger.
func (f *File) Forget(ctx context.Context, who Principal) (n Forgotten, err error) {
	err = f.do(ctx, "forget", func(t tx) error {
		if err := who.check(); err != nil {
			return err
		}
		var named [3]int
		for _, step := range []struct {
			count     *int
			statement string
		}{
			{&n.Events, "DELETE FROM event WHERE who = ? AND finished IS NOT NULL"},
			{&n.Unfinished, "UPDATE event SET text = NULL, forgotten = 1 WHERE who = ? AND finished IS NULL"},
			{&n.Turns, "DELETE FROM turn WHERE who = ?"},
			{&n.Feedback, "DELETE FROM feedback WHERE who = ?"},
			{&n.Shares, "DELETE FROM share WHERE who = ?"},
			{&named[0], "UPDATE handoff SET who = '' WHERE who = ?"},
			{&named[1], "UPDATE handoff SET answerer = '' WHERE answerer = ?"},
			{&named[2], "UPDATE setting SET who = '' WHERE who = ?"},
		} {
			if *step.count, err = t.exec(step.statement, who.join()); err != nil {
				return err
			}
		}
		n.Names = named[0] + named[1] + named[2]
		return nil
	})
	if err != nil {
		return Forgotten{}, err
	}
	return n, f.wipe(ctx, "forget")
}

// ForgetWorkspace implements Ledger. The places of a workspace stand together
// in the order of their names.
func (f *File) ForgetWorkspace(ctx context.Context, at Place) (n Forgotten, err error) {
	err = f.do(ctx, "forget workspace", func(t tx) error {
		if err := at.workspace(); err != nil {
			return err
		}
		from := at.Platform + unit + at.Workspace + unit
		to := at.Platform + unit + at.Workspace + afterUnit
		for _, step := range []struct {
			count     *int
			statement string
		}{
			{&n.Events, "DELETE FROM event WHERE place >= ?1 AND place < ?2 AND finished IS NOT NULL"},
			{&n.Unfinished, "UPDATE event SET text = NULL, forgotten = 1 WHERE place >= ?1 AND place < ?2 AND finished IS NULL"},
			{&n.Turns, "DELETE FROM turn WHERE place >= ?1 AND place < ?2"},
			{&n.Shares, "DELETE FROM share WHERE place >= ?1 AND place < ?2"},
			{&n.HandOffs, "DELETE FROM handoff WHERE place >= ?1 AND place < ?2 OR target >= ?1 AND target < ?2"},
			{&n.Settings, "DELETE FROM setting WHERE place >= ?1 AND place < ?2"},
		} {
			if *step.count, err = t.exec(step.statement, from, to); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Forgotten{}, err
	}
	return n, f.wipe(ctx, "forget workspace")
}

// wipe makes the raw files hold nothing but what is stored. Deleting
// overwrites (secure_delete), but SQLite's moving of rows between pages leaves
// copies in the gaps of pages, and its log holds pages as they were: so the
// file is written anew from its rows, and the log moved into it and emptied.
func (f *File) wipe(ctx context.Context, op string) error {
	if err := f.enter(); err != nil {
		return fmt.Errorf("ledger: %s: %w", op, err)
	}
	defer f.calls.Done()
	_, err := f.db.ExecContext(ctx, "VACUUM")
	var busy, pages, moved int
	if err == nil {
		err = f.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		err = ctx.Err()
	case err == nil && busy != 0:
		err = fmt.Errorf("%w: another process reads it", ErrLocked)
	}
	if err != nil {
		return fmt.Errorf("ledger: %s: it is deleted, and copies are in the file or its log still; call again: %w", op, explain(err))
	}
	return nil
}

// some is how many rows Purge changes at a time.
const some = 500

// Purge implements Ledger.
func (f *File) Purge(ctx context.Context, texts, rows time.Time) (n Purged, err error) {
	old, gone := texts.UnixMilli(), rows.UnixMilli()
	var replies int
	for _, step := range []struct {
		count     *int
		statement string // with the place of a limit at its end
		args      []any
	}{
		{&n.Texts, `UPDATE event SET text = NULL, forgotten = finished IS NULL WHERE id IN
			(SELECT id FROM event WHERE received < ? AND text IS NOT NULL LIMIT ?)`, []any{old}},
		{&replies, `UPDATE event SET reply = NULL WHERE id IN
			(SELECT id FROM event WHERE received < ? AND reply IS NOT NULL AND finished IS NOT NULL LIMIT ?)`, []any{old}},
		{&n.Turns, "DELETE FROM turn WHERE event IN (SELECT event FROM turn WHERE at < ? OR at < ? LIMIT ?)", []any{old, f.turnsFrom()}},
		{&n.Events, "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE received < ? AND finished IS NOT NULL LIMIT ?)", []any{gone}},
		{&n.Feedback, "DELETE FROM feedback WHERE n IN (SELECT n FROM feedback WHERE at < ? LIMIT ?)", []any{gone}},
		{&n.Shares, "DELETE FROM share WHERE n IN (SELECT n FROM share WHERE at < ? LIMIT ?)", []any{gone}},
		{&n.HandOffs, "DELETE FROM handoff WHERE n IN (SELECT n FROM handoff WHERE opened < ? LIMIT ?)", []any{gone}},
		{&n.Settings, `DELETE FROM setting WHERE n IN (SELECT n FROM setting AS s WHERE at < ? AND
			CASE WHEN EXISTS (SELECT 1 FROM setting AS o WHERE o.place = s.place AND o.name = s.name AND o.n > s.n) THEN 1
			ELSE value IS NULL AND NOT EXISTS (SELECT 1 FROM setting AS o WHERE o.place = s.place AND o.name = s.name AND o.n < s.n) END LIMIT ?)`, []any{gone}},
		{&n.Keys, "DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE at < ? LIMIT ?)", []any{min(f.ms()-KeyTime.Milliseconds(), gone)}},
	} {
		for done := some; done == some; *step.count += done {
			err := f.do(ctx, "purge", func(t tx) (err error) {
				done, err = t.exec(step.statement, append(step.args, some)...)
				return err
			})
			if err != nil {
				return n, err
			}
		}
	}
	return n, f.wipe(ctx, "purge")
}

// Stats implements Ledger.
func (f *File) Stats(ctx context.Context) (s Stats, err error) {
	err = f.do(ctx, "stats", func(t tx) (err error) {
		s, err = count(t, f.Attempts)
		return err
	})
	if err != nil {
		return Stats{}, err
	}
	s.Bytes = bytesOf(f.file)
	return s, nil
}

// Peek counts what is in a file without opening it as a ledger, as another
// process may have. It changes nothing. A file that does not exist is
// fs.ErrNotExist; else it fails as Open does.
func Peek(ctx context.Context, file string, o Options) (Stats, error) {
	s, err := peek(ctx, file, o)
	if err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return Stats{}, fmt.Errorf("ledger: peek %s: %w", file, err)
	}
	s.Bytes = bytesOf(file)
	return s, nil
}

func peek(ctx context.Context, file string, o Options) (s Stats, err error) {
	r, err := newRules(o)
	if err != nil {
		return s, err
	}
	if err := identify(file); err != nil {
		return s, err
	}
	modes := []string{"ro"}
	if info, err := os.Stat(file + logSuffix); err != nil || info.Size() == 0 {
		modes = []string{fixed, "ro"} // it lies there whole, and nothing need be made beside it
	}
	for _, mode := range modes {
		var db *sql.DB
		if db, err = connect(file, mode); err != nil {
			return s, err
		}
		err = checkFile(ctx, db)
		if err == nil {
			err = (&File{db: db, file: file}).do(ctx, "count", func(t tx) (err error) {
				s, err = count(t, r.Attempts)
				return err
			})
		}
		db.Close()
		if err == nil || !errors.Is(err, ErrDamaged) {
			return s, err
		}
	}
	return s, err
}

func bytesOf(file string) (n int64) {
	for _, suffix := range []string{"", logSuffix} {
		if info, err := os.Stat(file + suffix); err == nil {
			n += info.Size()
		}
	}
	return n
}

func count(t tx, attempts int) (s Stats, err error) {
	_, err = t.row([]any{&s.Waiting, &s.Working, &s.Failed, &s.Finished, &s.Abandoned, stored{&s.Oldest}}, `SELECT
		count(*) FILTER (WHERE finished IS NULL AND lease IS NULL AND attempt < ?1),
		count(*) FILTER (WHERE finished IS NULL AND lease IS NOT NULL),
		count(*) FILTER (WHERE finished IS NULL AND lease IS NULL AND attempt >= ?1),
		count(*) FILTER (WHERE finished IS NOT NULL AND outcome <> ?2),
		count(*) FILTER (WHERE outcome = ?2),
		coalesce(min(received) FILTER (WHERE finished IS NULL), 0) FROM event`, attempts, abandoned)
	if err != nil {
		return s, err
	}
	_, err = t.row([]any{&s.Unsettled, &s.Unsure, &s.Keys, &s.Turns, &s.Shares, &s.HandOffs, &s.Settings}, `SELECT
		(SELECT count(*) FROM effect WHERE state = 'begun'), (SELECT count(*) FROM effect WHERE state = ?),
		(SELECT count(*) FROM seen), (SELECT count(*) FROM turn), (SELECT count(*) FROM share), (SELECT count(*) FROM handoff),
		(SELECT count(*) FROM setting WHERE value IS NOT NULL AND n IN (SELECT max(n) FROM setting GROUP BY place, name))`, Unsure)
	if err != nil {
		return s, err
	}
	type verdict struct {
		word string
		n    int
	}
	all, err := list(t, func(row *sql.Rows) (v verdict, err error) { return v, row.Scan(&v.word, &v.n) },
		"SELECT verdict, count(*) FROM feedback GROUP BY verdict")
	s.Feedback = map[string]int{}
	for _, v := range all {
		s.Feedback[v.word] = v.n
	}
	return s, err
}
