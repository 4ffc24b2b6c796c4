package citation

import (
	"errors"
	"testing"
)

// lookalikes hold no citation.
var lookalikes = []string{
	"", " ", "§", "§§ §", "RCW", "the RCW requires", "CPT codes", "ICD-10 coding", "a code of ethics", "the U.S.C.",
	// Registers, bills, and other laws.
	"WSR 99-16-036", "HB 2", "SB 5507", "ESSB 5557", "H.B. 2", "HB 09-1047", "HR 97124", "bill 97124",
	"section 514", "§ 514", "section 3", "section 2706 of the Insurance Code", "Cal. Ins. Code § 2706",
	"section 2706 of the plan document", "NRS 48.43.045", "AS 08.61.100", "Utah Code 31.22.645", "Mont. Code Ann. 33.22.111",
	"OAR 410-141-382", "ERISA 999", "ERISA preemption", "the ACA of 2010", "the Internal Revenue Code of 1986", "IRC 1986",
	"ACA plans: 2706 of them", "chapter 18.108 (1) RCW", "Revised Code of Washington . 2017;166:514", "subsection (1)(a)", "subsection (2) of this section", "paragraph (a) of that rule",
	"chapter 55, Title 10, United States Code", "42 U.S.C. chapter 6A", "ICD-9 724.2", "ICD-10-PCS 0BH17EZ", "S. 627.736(1)",
	// Telephone, fax, postal codes, addresses.
	"Call 360-725-7080", "(360) 725-7080", "fax 360.725.7080", "phone 284-170-270", "tel. 284-170-270", "1-800-562-6900",
	"Hillsboro, OR 97124", "Hillsboro, OR  97124-1234", "Seattle WA 98109-1234", "Klamath Falls, Oregon 97601", "ZIP 97124",
	"zip code 97124", "zip code: 97124", "ZIP code is 97124", "postal code 97124", "Salem, Ore. 97301", "PO Box 97124", "P.O. Box 97124",
	"97124 Main St", "97124 NE Cornell Rd.", "97124 SE 12th Ave", "97124 Orenco Station Parkway", "Suite 97124",
	// Dates, times, money, quantities, versions, addresses of machines.
	"12.25.2024", "25.12.2024", "2024-12-25", "12/25/2024", "$97,140", "$97124", "$ 97140", "97124 dollars", "USD 97124", "97124.50",
	"97,124", "1,97124", "97124,000", "97124%", "97124 miles", "97124 patients", "10:43:045", "v1.2.345", "version 48.43.045",
	"release 12.10.123", "10.12.140.5", "192.168.100.200", "ip 10.12.140", "48.43.045.1", "1.48.43.045", "x48.43.045", "#48.43.045",
	"48.43.045,000", "5 US 3 million", "2020 US 300", "gave 5 us 300 dollars", "538 U.S. hospitals", "538 US 300 hospitals", "538 U.S. at 341", "538 US 30%", "206 US 555-1234",
	// Numbers of persons and papers.
	"123-45-6789", "SSN 284-17-0270", "member ID 97124", "Member ID: 97124", "claim number is 97124", "claim no. 97124", "Claim #97124",
	"policy 284-170-270", "group 97124", "MRN 97124", "account number ending in 97124", "NPI 1234597124", "ticket 97124", "invoice # 97124",
	"97124-1234-5", "555-97124", "97124A", "A97124", "page 97124", "area code 97124", "denial code 97124", "reason code 97124",
	"070-073-058", "auth 97140", "case no. 97140", "H.R. 97124", "+97124", "3/97124",
	// The spine, vitamins, paper and other short names.
	"Title 1", "L20", "C4 vertebra", "T12", "L5-S1", "L4/L5", "C5-C6", "S1 joint", "G8", "B12", "A1C", "A1C 7.2", "vitamin B12.5",
	"dx L20", "Diagnosis: T12 fracture", "dx L5-S1 disc", "diagnosis B12 deficiency", "v12.3", "version V12.34",
	"section R10.2", "Figure M54.5", "M54.5%", "m25.5mm", "M54.5.1", "XM54.5", "M545", "H1N1", "dx H1N1", "E2E.4", "R2.D2",
	// Five digits that are no therapy code.
	"99213", "12345", "97000", "97800", "98944", "98939", "90210",
	// A year and a colon, and an address of nothing.
	"2017;166", "2017:166", "12:30;2017", "https://", "http:// x", "https://.", "CPT 2024", "CPT Professional 2024", "ICD-10 2024",
	"20 USC students", "42 USC. Go Trojans", "8 F. Supp", "3 f 3d", "2015 c", "2015 C",
}

func TestFindLeavesAlone(t *testing.T) {
	t.Parallel()
	for _, s := range append([]string{"guide timed-units"}, lookalikes...) {
		for _, text := range []string{s, "We saw " + s + ".", "(" + s + ")"} {
			if got := Find(text); len(got) > 0 {
				t.Errorf("Find(%q) = %q as %q (%v); want nothing", text, got[0].Text, got[0].Citation, got[0].Err)
			}
		}
		if c, err := Parse(s); err == nil && c.System != Guide && c.System != Manual {
			t.Errorf("Parse(%q) = %q; want an error", s, c)
		}
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, text string
		system   System
	}{
		{"RCW forty-eight", "RCW forty-eight", RCW},
		{"RCW 48", "RCW 48", RCW},
		{"RCW 48.43.04555.1", "RCW 48.43.04555.1", RCW},
		{"RCW 48.43.45", "RCW 48.43.45", RCW},
		{"RCW 48.43.O45", "RCW 48.43.O45", RCW},
		{"RCW 48.43.045x", "RCW 48.43.045x", RCW},
		{"Revised Code of Washington 48", "Revised Code of Washington 48", RCW},
		{"WAC 284", "WAC 284", WAC},
		{"WAC 284-170-270-1", "WAC 284-170-270-1", WAC},
		{"42 U.S.C.", "42 U.S.C.", USC},
		{"42 U.S.C. §", "42 U.S.C.", USC},
		{"99 U.S.C. 1395", "99 U.S.C. 1395", USC},
		{"51 CFR 1.1", "51 CFR 1.1", CFR},
		{"NCD 30", "NCD 30", NCD},
		{"ORS 414", "ORS 414", ORS},
		{"KRS 304", "KRS 304", KRS},
		{"Pub. L. 111", "Pub. L. 111", PubL},
		{"D.C. Code 3", "D.C. Code 3", DCCode},
		{"Fla. Stat. 627", "Fla. Stat. 627", FlaStat},
		{"CPT 9712", "CPT 9712", CPT},
		{"CPT 971244", "CPT 971244", CPT},
		{"CPT code 9712", "CPT code 9712", CPT},
		{"ICD-10 M5", "ICD-10 M5", ICD10CM},
		{"ICD-10-CM M54.12345", "ICD-10-CM M54.12345", ICD10CM},
		{"ICD-10 545", "ICD-10 545", ICD10CM},
	} {
		if _, err := Parse(c.in); !errors.Is(err, ErrMalformed) {
			t.Errorf("Parse(%q): %v; want ErrMalformed", c.in, err)
		}
		got := Find("He cites " + c.in + ", wrongly.")
		if len(got) != 1 || !errors.Is(got[0].Err, ErrMalformed) || got[0].Text != c.text || got[0].Citation != (Citation{System: c.system}) {
			t.Errorf("Find(%q) = %+v; want %q, malformed %s", c.in, got, c.text, c.system)
		}
	}
}
