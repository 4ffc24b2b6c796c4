package clinical

import (
	"fmt"

	"github.com/everycategory/advocate/corpus"
)

// Options are what is known beside a note. The zero value knows nothing.
type Options struct {
	Previous string      // an earlier note of the same person; "" for none
	State    string      // two capitals: whose charting rule asks for what
	On       corpus.Date // the day of service; "" if it is not known
	Today    corpus.Date // the day of the rewrite
	Signed   bool        // the note is signed, locked or sent: the result is an addendum
}

// addendum is the line that an addition to a signed note begins with: both
// dates, as a late entry needs them. It is "" for a note that is not signed.
func (o Options) addendum() string {
	if !o.Signed {
		return ""
	}
	on, today := string(o.On), string(o.Today)
	if on == "" {
		on = "[not documented: date of service]"
	}
	if today == "" {
		today = "[not documented: date of entry]"
	}
	return fmt.Sprintf("Addendum, entered %s, to the note of %s", today, on)
}

// sayAddendum is what the therapist is told of a signed note.
const sayAddendum = "The note is signed, locked or sent, so this is an addendum to it, with the date of service and the date of entry. The original stays as it is, and legible."
