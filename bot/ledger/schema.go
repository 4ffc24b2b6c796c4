package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// schema is all there is in the file, in the order of names. Times are in
// milliseconds since 1970; who and place are joined ids, a blank who is
// nobody's any more.
var schema = []string{
	`CREATE TABLE effect (
	event    INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
	name     TEXT NOT NULL,
	token    TEXT NOT NULL,
	state    TEXT NOT NULL, -- begun, or as settled
	external TEXT NOT NULL,
	PRIMARY KEY (event, name)
) STRICT, WITHOUT ROWID`,
	`CREATE INDEX effect_begun ON effect (event) WHERE state = 'begun'`,
	`CREATE TABLE event (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	platform  TEXT NOT NULL,
	place     TEXT NOT NULL,
	who       TEXT NOT NULL,
	kind      TEXT NOT NULL,
	text      BLOB CHECK (text IS NULL OR kind <> 'rewrite'),
	reply     BLOB,
	received  INTEGER NOT NULL,
	attempt   INTEGER NOT NULL,
	lease     TEXT,             -- NULL: nobody works on it
	due       INTEGER NOT NULL, -- when it may be claimed
	finished  INTEGER,          -- NULL: not
	outcome   TEXT NOT NULL,
	forgotten INTEGER NOT NULL
) STRICT`,
	`CREATE INDEX event_open ON event (platform, id) WHERE finished IS NULL`,
	`CREATE INDEX event_place ON event (place, id) WHERE finished IS NULL`,
	`CREATE INDEX event_received ON event (received)`,
	`CREATE INDEX event_who ON event (who)`,
	`CREATE TABLE feedback (
	n        INTEGER PRIMARY KEY,
	platform TEXT NOT NULL,
	message  TEXT NOT NULL,
	who      TEXT NOT NULL,
	verdict  TEXT NOT NULL,
	reasons  BLOB,
	at       INTEGER NOT NULL,
	UNIQUE (platform, message, who)
) STRICT`,
	`CREATE INDEX feedback_who ON feedback (who)`,
	`CREATE TABLE handoff (
	n        INTEGER PRIMARY KEY,
	place    TEXT NOT NULL UNIQUE,
	target   TEXT NOT NULL,
	who      TEXT NOT NULL,
	opened   INTEGER NOT NULL,
	answered INTEGER NOT NULL, -- 0: not
	answerer TEXT NOT NULL
) STRICT`,
	`CREATE INDEX handoff_target ON handoff (target)`,
	`CREATE TABLE seen (
	key BLOB PRIMARY KEY, -- SHA-256
	at  INTEGER NOT NULL  -- of the last delivery, or up to an hour before
) STRICT, WITHOUT ROWID`,
	`CREATE INDEX seen_at ON seen (at)`,
	`CREATE TABLE setting (
	n     INTEGER PRIMARY KEY AUTOINCREMENT,
	place TEXT NOT NULL,
	name  TEXT NOT NULL,
	value BLOB, -- NULL: taken away
	who   TEXT NOT NULL,
	at    INTEGER NOT NULL
) STRICT`,
	`CREATE INDEX setting_name ON setting (place, name, n)`,
	`CREATE TABLE share (
	n        INTEGER PRIMARY KEY,
	platform TEXT NOT NULL,
	message  TEXT NOT NULL,
	who      TEXT NOT NULL,
	place    TEXT NOT NULL,
	at       INTEGER NOT NULL,
	UNIQUE (platform, message, who, place)
) STRICT`,
	`CREATE INDEX share_who ON share (who)`,
	`CREATE TABLE turn (
	event    INTEGER PRIMARY KEY,
	place    TEXT NOT NULL,
	who      TEXT NOT NULL,
	question BLOB,
	answer   BLOB,
	at       INTEGER NOT NULL
) STRICT`,
	`CREATE INDEX turn_place ON turn (place, event)`,
}

// checkFile refuses a file that is not sound, or has any other table, column,
// index, trigger or view than those of schema: none of its SQL is ever run.
func checkFile(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, `SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`)
	if err != nil {
		return explain(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var text sql.NullString
		if err := rows.Scan(&text); err != nil {
			return explain(err)
		}
		got = append(got, text.String)
	}
	if err := rows.Err(); err != nil {
		return explain(err)
	}
	if strings.Join(got, ";") != strings.Join(schema, ";") {
		return fmt.Errorf("%w: its tables are not those of format %d", ErrForeign, version)
	}
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return explain(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s; put a copy in its place", ErrDamaged, verdict)
	}
	return nil
}
