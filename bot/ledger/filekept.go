package ledger

import (
	"context"
	"database/sql"
)

// Remember implements Threads.
func (f *File) Remember(ctx context.Context, j Job, question, answer Text) error {
	return f.do(ctx, "remember", func(t tx) error {
		e, err := held(t, j)
		if err != nil {
			return err
		}
		if err := f.turn(e, question, answer); err != nil || e.Forgotten {
			return err
		}
		if _, err := t.exec(`INSERT INTO turn (event, place, who, question, answer, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (event) DO UPDATE SET question = excluded.question, answer = excluded.answer, at = excluded.at`,
			j.ID, e.At.join(), e.From.join(), orNull(question), orNull(answer), f.ms()); err != nil {
			return err
		}
		_, err = t.exec(`DELETE FROM turn WHERE event IN (SELECT event FROM (SELECT event, at, row_number() OVER newest AS n,
			sum(coalesce(length(question), 0) + coalesce(length(answer), 0)) OVER newest AS bytes
			FROM turn WHERE place = ? WINDOW newest AS (ORDER BY event DESC)) WHERE n > ? OR bytes > ? OR at < ?)`,
			e.At.join(), f.Turns, f.TurnBytes, f.turnsFrom())
		return err
	})
}

// turnsFrom is the earliest time of a turn that is remembered.
func (f *File) turnsFrom() int64 { return f.ms() - f.TurnTime.Milliseconds() }

// Thread implements Threads.
func (f *File) Thread(ctx context.Context, at Place) (out []Turn, err error) {
	err = f.do(ctx, "thread", func(t tx) (err error) {
		if err := at.check(); err != nil {
			return err
		}
		out, err = list(t, func(row *sql.Rows) (o Turn, err error) {
			return o, row.Scan(joinedPrincipal{&o.From}, (*[]byte)(&o.Question), (*[]byte)(&o.Answer), stored{&o.At})
		}, "SELECT who, question, answer, at FROM turn WHERE place = ? AND at >= ? ORDER BY event", at.join(), f.turnsFrom())
		return err
	})
	return out, err
}

// ForgetThread implements Threads.
func (f *File) ForgetThread(ctx context.Context, at Place) (n int, err error) {
	err = f.do(ctx, "forget thread", func(t tx) (err error) {
		if err := at.check(); err != nil {
			return err
		}
		n, err = t.exec("DELETE FROM turn WHERE place = ?", at.join())
		return err
	})
	return n, err
}

// PutFeedback implements Voices.
func (f *File) PutFeedback(ctx context.Context, v Feedback) error {
	return f.do(ctx, "feedback", func(t tx) error {
		if err := v.check(); err != nil {
			return err
		}
		_, err := t.exec("REPLACE INTO feedback (platform, message, who, verdict, reasons, at) VALUES (?, ?, ?, ?, ?, ?)",
			v.From.Platform, string(v.Message), v.From.join(), v.Verdict, orNull(v.Reasons), f.ms())
		return err
	})
}

// Feedback implements Voices.
func (f *File) Feedback(ctx context.Context, platform string, message Key) (out []Feedback, err error) {
	err = f.do(ctx, "feedback", func(t tx) (err error) {
		out, err = list(t, func(row *sql.Rows) (o Feedback, err error) {
			return o, row.Scan(&o.Message, joinedPrincipal{&o.From}, &o.Verdict, (*[]byte)(&o.Reasons), stored{&o.At})
		}, "SELECT message, who, verdict, reasons, at FROM feedback WHERE platform = ? AND message = ? ORDER BY n", platform, string(message))
		return err
	})
	return out, err
}

// PutShare implements Voices.
func (f *File) PutShare(ctx context.Context, s Share) error {
	return f.do(ctx, "share", func(t tx) error {
		if err := s.check(); err != nil {
			return err
		}
		_, err := t.exec("INSERT INTO share (platform, message, who, place, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			s.From.Platform, string(s.Message), s.From.join(), s.To.join(), f.ms())
		return err
	})
}

// Shares implements Voices.
func (f *File) Shares(ctx context.Context, platform string, message Key) (out []Share, err error) {
	err = f.do(ctx, "shares", func(t tx) (err error) {
		out, err = list(t, func(row *sql.Rows) (o Share, err error) {
			return o, row.Scan(&o.Message, joinedPrincipal{&o.From}, joinedPlace{&o.To}, stored{&o.At})
		}, "SELECT message, who, place, at FROM share WHERE platform = ? AND message = ? ORDER BY n", platform, string(message))
		return err
	})
	return out, err
}

const handOffColumns = "place, target, who, opened, answered, answerer"

func scanHandOff(into *HandOff) []any {
	return []any{joinedPlace{&into.From}, joinedPlace{&into.To}, joinedPrincipal{&into.By}, stored{&into.Opened}, stored{&into.Answered}, joinedPrincipal{&into.Answerer}}
}

// OpenHandOff implements HandOffs.
func (f *File) OpenHandOff(ctx context.Context, h HandOff) (now HandOff, opened bool, err error) {
	err = f.do(ctx, "open hand-off", func(t tx) error {
		if err := h.check(); err != nil {
			return err
		}
		n, err := t.exec("INSERT INTO handoff ("+handOffColumns+") VALUES (?, ?, ?, ?, 0, '') ON CONFLICT (place) DO NOTHING",
			h.From.join(), h.To.join(), h.By.join(), f.ms())
		if err != nil {
			return err
		}
		opened = n > 0
		_, err = t.row(scanHandOff(&now), "SELECT "+handOffColumns+" FROM handoff WHERE place = ?", h.From.join())
		return err
	})
	return now, opened, err
}

// AnswerHandOff implements HandOffs.
func (f *File) AnswerHandOff(ctx context.Context, at Place, by Principal) (h HandOff, ok bool, err error) {
	err = f.do(ctx, "answer hand-off", func(t tx) error {
		if err := first(at.check(), by.check()); err != nil {
			return err
		}
		var n int64
		ok, err = t.row([]any{&n}, "SELECT n FROM handoff WHERE place = ?1 OR target = ?1 ORDER BY place = ?1 DESC, n LIMIT 1", at.join())
		if err != nil || !ok {
			return err
		}
		if _, err := t.exec("UPDATE handoff SET answered = ?, answerer = ? WHERE n = ? AND answered = 0", f.ms(), by.join(), n); err != nil {
			return err
		}
		_, err = t.row(scanHandOff(&h), "SELECT "+handOffColumns+" FROM handoff WHERE n = ?", n)
		return err
	})
	return h, ok, err
}

// CloseHandOff implements HandOffs.
func (f *File) CloseHandOff(ctx context.Context, from Place) (closed bool, err error) {
	err = f.do(ctx, "close hand-off", func(t tx) error {
		if err := from.check(); err != nil {
			return err
		}
		n, err := t.exec("DELETE FROM handoff WHERE place = ?", from.join())
		closed = n > 0
		return err
	})
	return closed, err
}

// Quiet implements HandOffs.
func (f *File) Quiet(ctx context.Context, from Place) (quiet bool, err error) {
	err = f.do(ctx, "quiet", func(t tx) (err error) {
		if err := from.check(); err != nil {
			return err
		}
		var one int
		quiet, err = t.row([]any{&one}, "SELECT 1 FROM handoff WHERE place = ? AND answered <> 0", from.join())
		return err
	})
	return quiet, err
}

const settingColumns = "place, name, value, who, at"

func scanSetting(into *Setting) []any {
	return []any{joinedPlace{&into.At}, &into.Key, (*[]byte)(&into.Value), joinedPrincipal{&into.By}, stored{&into.Set}}
}

// Set implements Settings.
func (f *File) Set(ctx context.Context, s Setting) error {
	return f.do(ctx, "set", func(t tx) error {
		if err := s.check(); err != nil {
			return err
		}
		_, err := t.exec("INSERT INTO setting ("+settingColumns+") VALUES (?, ?, ?, ?, ?)", s.At.join(), s.Key, orNull(s.Value), s.By.join(), f.ms())
		return err
	})
}

// Setting implements Settings.
func (f *File) Setting(ctx context.Context, at Place, key string) (s Setting, ok bool, err error) {
	err = f.do(ctx, "setting", func(t tx) error {
		if err := at.check(); err != nil {
			return err
		}
		for _, p := range at.around() {
			s = Setting{}
			_, err := t.row(scanSetting(&s), "SELECT "+settingColumns+" FROM setting WHERE place = ? AND name = ? ORDER BY n DESC LIMIT 1", p.join(), key)
			if ok = len(s.Value) > 0; err != nil || ok {
				return err
			}
		}
		s = Setting{}
		return nil
	})
	return s, ok, err
}

// SettingHistory implements Settings.
func (f *File) SettingHistory(ctx context.Context, at Place, key string) (out []Setting, err error) {
	err = f.do(ctx, "setting history", func(t tx) (err error) {
		if err := at.check(); err != nil {
			return err
		}
		out, err = list(t, func(row *sql.Rows) (o Setting, err error) { return o, row.Scan(scanSetting(&o)...) },
			"SELECT "+settingColumns+" FROM setting WHERE place = ? AND name = ? ORDER BY n DESC LIMIT ?", at.join(), key, historyMax)
		return err
	})
	return out, err
}
