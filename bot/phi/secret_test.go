package phi

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/everycategory/advocate/bot/phi/phitest"
)

// What is planted in a text is, in no form, in what the gate hands on: the
// redacted text, the findings as JSON, the report of a restoring, a case that
// somebody prints.
func TestNothingPlantedIsHandedOn(t *testing.T) {
	t.Parallel()
	g := gate(t)
	for _, c := range phitest.Canaries(11, canaryCount/10) {
		if len(c.Value) < 5 || c.Class == "employer" || c.Class == "address" || c.Class == "zip" {
			continue // in pieces they are ordinary words; TestCanaries looks at those
		}
		cas := g.NewCase(Note)
		out, found := cas.Redact(c.Text, Outside)
		list, err := json.Marshal(found)
		if err != nil {
			t.Fatal(err)
		}
		_, report := cas.Restore("[PATIENT_9]")
		all := fmt.Appendf(nil, "%s\n%s\n%+v\n%v %+v %#v %s\n%v %+v %#v\n%+v %#v", out, list, report, cas, cas, cas, cas, found, found, found, Declared{Value: c.Value}, Declared{Value: c.Value})
		for _, l := range phitest.Scan(all, []phitest.Canary{c}) {
			t.Errorf("%s in %s", l, all)
		}
	}
}
