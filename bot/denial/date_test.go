package denial

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"Date of service: 03/02/2026", "service 2026-03-02"},
		{"DOS 3/2/26", "service 2026-03-02"},
		{"DOS 2026-03-02", "service 2026-03-02"},
		{"DOS 03-02-2026", "service 2026-03-02"},
		{"DOS 3.2.2026", "service 2026-03-02"},
		{"DOS 02-MAR-26", "service 2026-03-02"},
		{"DOS 20260302", "service 2026-03-02"},
		{"Date of service: March 2nd, 2026", "service 2026-03-02"},
		{"Date of service: Mar. 2, 2026", "service 2026-03-02"},
		{"Date of service: 2 March 2026", "service 2026-03-02"},
		{"Dates of service 03/02/2026 - 03/06/2026", "service 2026-03-02, service 2026-03-06"},
		{"Dates of service 03/02/2026-03/06/2026", "service 2026-03-02, service 2026-03-06"},
		{"Dates of service: 03/02/2026, 03/06/2026 and 03/09/2026", "service 2026-03-02, service 2026-03-06, service 2026-03-09"},
		{"Notice date: 04/01/2026", "letter 2026-04-01"},
		{"Date: 04/01/2026", "letter 2026-04-01"},
		{"I got the denial on 4/2/2026", "received 2026-04-02"},
		{"We received your claim on March 3, 2026.", "claim 2026-03-03"},
		{"Processed on 03/04/2026", "decision 2026-03-04"},
		{"Your appeal must be received by September 1, 2026.", "deadline 2026-09-01"},
		{"Appeal no later than 9/1/2026", "deadline 2026-09-01"},
		{"Visit on [DATE_1], date of service 03/02/2026", "service 2026-03-02"},
		{"You have until 9/1/2026 to answer.", "deadline 2026-09-01"},
		{"Bills for 02/09/2026 and 02/16/2026 are denied.", "service 2026-02-09, service 2026-02-16"},
		{"It was denied for services on 03/02/2026.", "service 2026-03-02"},
		// a wrong day is worse than none
		{"RECEIVED MAR 05 2026", ""},
		{"Date received: 03/05/2026", ""},
		{"Services on or before 03/02/2026 were paid.", ""},
		{"Visits before 03/02/2026 were paid.", ""},
		{"Print date: 03/02/2026", ""},
		{"DOS 13/02/2026", ""},
		{"DOS 02/30/2026", ""},
		{"DOS March 2", ""},
		{"DOS 3/2", ""},
		{"DOS 03/02-03/06/2026", ""},
		{"DOS March 2-6, 2026", ""},
		{"DOS 3/2/95", ""},
		{"DOS 03/02/2006", ""},
		{"DOS 03/02/2028", ""},
		{"Notice date: 05/02/2026", ""}, // tomorrow
		{"Date of birth: 03/02/2016", ""},
		{"DOB 3/2/2016", ""},
		{"Effective date 01/01/2026", ""},
		{"Date of injury: 01/05/2026", ""},
		{"Accident date 01/05/2026", ""},
		{"Hire date 01/05/2026", ""},
		{"denied by Premera 03/02/2026", ""},
		{"We received your appeal on 03/02/2026", ""},
		{"the claims dated 03/02/2026", ""},
		{"Authorization valid from 04/06/2026 to 06/30/2026", ""},
		{"dates of service after 01/30/2026", ""},
		{"Date of service: [DATE_1]", ""},
		{"account 12/03/02/2026/7", ""},
	}
	for _, tt := range tests {
		if got := spell(reader(t).Read(tt.text, today))["dates"]; got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestTheDayOfALetterIsOne(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"one at the head", "Premera\nMarch 3, 2026\n\nDear Member:\nWe write.\n", "letter 2026-03-03"},
		{"a named one is better", "Premera\nMarch 3, 2026\nNotice date: 03/05/2026\n\nDear Member:\n", "letter 2026-03-05"},
		{"two at the head", "Premera\nMarch 3, 2026\n\nMarch 9, 2026\n\nDear Member:\n", ""},
		{"two named", "Notice date: 03/05/2026\nLetter date: 03/06/2026\n\nDear Member:\n", ""},
		{"the same twice", "Premera\nMarch 5, 2026\nNotice date: 03/05/2026\n\nDear Member:\n", "letter 2026-03-05"},
		{"a deadline before the letter", "Notice date: 03/05/2026\n\nDear Member:\nAppeal no later than 02/01/2026.\n", "letter 2026-03-05"},
	}
	for _, tt := range tests {
		if got := spell(reader(t).Read(tt.text, today))["dates"]; got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestNoTodayHoldsNothingAgainstADay(t *testing.T) {
	t.Parallel()
	if got := spell(reader(t).Read("DOS 03/02/2006", time.Time{}))["dates"]; got != "service 2006-03-02" {
		t.Error(got)
	}
}
