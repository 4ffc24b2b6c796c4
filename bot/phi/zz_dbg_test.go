package phi

import "testing"

func TestZZDbg(t *testing.T) {
	g := gate(t)
	for _, k := range []Kind{Note, Question, Letter} {
		for _, s := range []string{
			"client sarah k. came in w/ her daughter emma, lives off 5th ave n in ballard, works @ starbucks on pike st",
			"S: Pt (F, 43) c/o L shoulder pn since fall at Fred Meyer on Aurora Ave 10/3. Insurance Premera ID ABC123456789 grp 1000234.",
			"Pt DOB 4-12-79 MVA 9/14 at I-5 & NE 45th, claim 23-1234567 w/ State Farm adjuster Kim Doyle 206.555.0199 x12",
			"O: TTP B UT, LS, QL R>L. AROM C-spine rot L 45 R 60. Spurling neg, ULTT +. NDI 34%.",
			"Tx: MFR, NMR, TrP to B UT x 20 min, pin & stretch to SCM, PNF. 97124 x2, 97140-59 x2. Post tx pn 3/10.",
			"Plan: RTC 2x/wk x 4 wks, HEP: chin tucks 3x10, doorway stretch. Refer to Dr Nguyen (ortho) if no change by Nov 15.",
			"Mrs Garcia-Lopez's son Mateo (7) drove; she uses a TENS unit serial 99-AB12 and takes gabapentin 300 mg.",
			"Is it legal for Regence to deny 97124 for my client Tom Becker in Spokane? His self-funded plan is through Boeing. Claim 20261112A77.",
			"Dear Jane Smith: We have reviewed claim 8812-3391 for dates of service 10/02/2026 through 10/30/2026. Member: SMITH, JANE  ID: W123456789. Provider: Rainier Massage LLC, 400 Pine St Ste 200, Seattle WA 98101.",
			"PATIENT JOHN Q PUBLIC WAS SEEN ON OCTOBER 3RD, 2026 BY KAREN HILL LMT LICENSE MA60123456 FOR NECK PAIN 7/10",
			"her email is jsmith88@gmail.com or text 360 555 0142, lives in apt 4b at 2200 westlake ave n",
			"Tight rhomboids, tender at T4-T6; Kibler's sign, Kemp's test negative; Dry needling deferred. Cupping and gua sha, lomilomi, Thai stretch, craniosacral.",
			"Pt is a nurse at Harborview and a runner; did the Portland Marathon in 2019. Bruise on L calf from her dog Biscuit.",
			"Grandmother (93) fell. Patient turned 40 last June. Wedding on Saturday. Seen 3 weeks ago.",
			"Hx: Ehlers-Danlos, Hashimoto's, Crohn's, scoliosis (Cobb 22), L5-S1 fusion 2018, Ménière's.",
			"KT tape, Biofreeze, Theragun, Arnica gel, Epsom baths, Advil 400 mg prn, Flexeril.",
			"WA HB 1234 and SB 5821; RCW 18.108.010; Oregon ORS 687.011; CMS-1500 box 24; NPI 1234567893; TIN 91-1234567",
		} {
			c := g.NewCase(k)
			out, _ := c.Redact(s, Outside)
			t.Logf("%d %s\n      > %s", k, s, out)
		}
	}
}
