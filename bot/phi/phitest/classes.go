package phitest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// classes are those of 45 CFR 164.514(b)(2), parted as the trade knows them.
func classes() []class {
	return []class{
		{"name", []func(*rand.Rand) string{fullName, fullName, lastName, hyphenName, initialName}, []string{
			"Pt %s reports low back pain.", "Spoke with %s about the denial.", "Her husband %s drove her.", "Referred by Dr. %s for massage.",
			"Adjuster %s called back.", "Dear Ms. %s, your claim was denied.", "Client: %s", "Mr. %s agreed to the plan.", "Signed by %s, LMT"}},
		{"address", []func(*rand.Rand) string{street, streetFlat, boxed, streetCity}, []string{
			"Lives at %s.", "Mail the check to %s please.", "Address: %s", "He was hit near %s on his way.", "The clinic at %s closed.",
			"Home address is %s", "Moved to %s in spring.", "Send records to %s.", "ADDRESS: %s", "She resides at %s."}},
		{"zip", likes("98|1|00-0001", "|WA |98000", "|OR |97001", "|WA |99000-0001"), []string{
			"Billing area %s applies.", "Seattle, %s", "Ship to Tacoma %s.", "ZIP code: Kent, %s", "Office in %s only.", "The service area is %s",
			"for residents of Salem, %s", "Portland %s office", "address on file: Yakima, %s", "(Bellevue, %s)"}},
		{"date", dates, []string{
			"Seen on %s for neck pain.", "DOS %s", "Date of service: %s", "Injured %s in a fall.", "Treated from %s for six weeks.", "Denied in a letter dated %s.",
			"Surgery %s went well.", "Next visit %s"}},
		{"dob", dates, []string{"DOB: %s", "DOB %s", "Date of birth: %s", "born %s", "D.O.B. %s", "Birthdate: %s", "birthday is %s"}},
		{"age90", likes("|9|0", "|9|1", "|10|0"), []string{
			"%s y/o female with hip pain", "a %s-year-old man", "age %s", "aged %s", "Age: %s", "%s yo F", "%s years old", "is %s yrs old", "%s-yr-old", "patient, %s years of age", "age is %s",
			"mother (aged %s)", "%s year old grandmother", "Pt is %s y.o. and walks"}},
		{"phone", phones, []string{"Call %s.", "Phone: %s", "Tel. %s", "reach her at %s", "cell %s", "You can text %s today.", "She left %s as contact.", "ph %s"}},
		{"fax", phones, []string{"Fax: %s", "fax %s", "Fax records to %s.", "FAX NO. %s", "faxed to %s", "Fax number %s"}},
		{"email", []func(*rand.Rand) string{email("@"), email("@mail."), email("+claims@"), changed(strings.ToUpper, email("@")), like("aaaaaa00@|mail.example.com|"), like("a.aaaaaa@|clinic.example.org|"), like("aaa_aaaa@|example.net|")}, []string{
			"Email: %s", "write to %s", "<%s>", "e-mail %s today", "mailto:%s", "Contact %s, please."}},
		{"ssn", likes("|5|10-10-1001", "|3|10 10 1001", "|21|1-11-0001", "|4|10-01-1001"), []string{
			"SSN: %s", "SSN %s", "social security number %s", "Social Security No. %s", "her social is %s", "ss# %s", "soc sec %s", "%s is on the card", "ID shown: %s", "SSN is %s."}},
		{"ssn", likes("|5|10101001", "|3|11101001"), []string{"SSN: %s", "SSN %s", "social security number %s", "SS# %s"}},
		{"mrn", likes("1000000", "00-00-01", "A1000000", "AA-100000", "100 000 001"), []string{
			"MRN: %s", "MRN %s", "MRN# %s", "Medical record number %s", "medical record no. %s", "Chart # %s", "Chart no: %s", "Patient ID: %s", "patient number %s", "Client ID %s"}},
		{"member_id", likes("A10000000", "AAA100000000", "1000000001", "AA 1000 0000", "100-00-0000-01"), []string{
			"Member ID: %s", "Member ID %s", "member # %s", "Subscriber ID: %s", "subscriber no. %s", "Insured's ID number: %s", "Medicaid ID %s", "Medicare number %s", "Member number is %s", "insurance id %s"}},
		{"policy_no", likes("AA-10000-01", "1000000", "01-AA-1000", "A100 0000 01"), []string{
			"Policy no. %s", "Policy #: %s", "policy number %s", "Policy: %s", "Policy No %s", "under policy %s", "POLICY NUMBER: %s", "Pol # %s", "Contract number %s", "the policy # is %s"}},
		{"group_no", likes("100000", "10000001", "AA1000", "1000-001"), []string{
			"Group no. %s", "Group #: %s", "group number %s", "Grp # %s", "Group: %s", "GROUP NUMBER %s", "Group ID %s", "group no %s", "Employer group # %s", "grp: %s"}},
		{"claim_no", likes("1000-1000001", "A1000000", "20|24|0000-1001", "AA100001", "01-AA10-1001"), []string{
			"Claim # %s", "Claim no. %s", "claim number: %s", "Claim: %s", "re claim %s", "CLAIM NUMBER %s", "Claim ID %s", "L&I claim # %s", "ICN %s", "claim no %s was denied"}},
		{"auth_no", likes("A100000", "100000001", "AA-100001", "1000-01A"), []string{
			"Auth # %s", "authorization number %s", "Authorization no. %s", "prior auth # %s", "Auth: %s", "preauthorization # %s", "Referral number: %s", "auth no %s", "Approval # %s", "AUTHORIZATION: %s"}},
		{"account_no", []func(*rand.Rand) string{card, like("1000000001"), like("1000-00001"), like("10000 00001")}, []string{
			"Account number: %s", "acct # %s", "Account no. %s", "Acct: %s", "account # %s", "Invoice # %s", "paid by card number %s", "check # %s", "Routing no. %s", "Patient account # %s"}},
		{"license_no", []func(*rand.Rand) string{npi, like("|MA|60000001"), like("|WDL|AA1A000A"), like("A1000000"), like("|LMT|-10001")}, []string{
			"License # %s", "license no. %s", "License number: %s", "driver's license %s", "DL# %s", "DL: %s", "NPI: %s", "WA license %s", "Lic. # %s", "Driver license number %s"}},
		{"vehicle", []func(*rand.Rand) string{vin, like("AAA1000"), like("AAA-1000"), like("1AAA100"), like("A10000A")}, []string{
			"license plate %s", "plate # %s", "Plate: %s", "VIN %s", "VIN: %s", "License plate number %s", "plate no. %s", "Vehicle ID %s", "plates %s", "vehicle tag # %s"}},
		{"device", likes("|SN|-100000", "AAA-10000-A", "10000001", "A10-10001"), []string{
			"serial number %s", "Serial # %s", "pacemaker serial %s", "Device ID: %s", "S/N %s", "device serial no. %s", "TENS unit serial # %s", "implant lot # %s", "UDI %s", "IMEI: %s"}},
		{"url", likes("|https://|aaaaaa.|example.com/|aaaaa", "|http://www.|aaaaaaa.|org|", "|www.|aaaaaaa.|example.net/p/|1000", "|facebook.com/|aaaaaa.aaaaa", "aaaaaaaa.|com|"), []string{
			"See %s", "her page %s", "Website: %s", "(%s)", "profile at %s.", "link %s today", "posted on %s", "URL: %s"}},
		{"ip", []func(*rand.Rand) string{ipv4, ipv4, like("|2001:db8:|1000:1000:|0:ff00:42:8329|"), changed(hexIP, like("0"))}, []string{
			"IP %s", "from %s", "logged in at %s", "IP address: %s", "address %s was used", "client %s connected", "host %s", "(%s)", "portal access by %s today", "IP=%s"}},
		{"biometric", likes("|FP|-100001", "A1000000", "|0x|1a10a0a1", "AAA-000-100"), []string{
			"fingerprint ID %s", "Fingerprint template %s", "voiceprint # %s", "voice print ID %s", "retina scan %s", "Retinal scan ID: %s", "iris code %s", "Face ID %s", "biometric key %s", "palm print no. %s"}},
		{"photo", likes("|IMG_|1000.|jpg|", "|photo-|aaaa-aaaaa.|png|", "|DSC|00001.|JPG|", "aaaa_face.|jpeg|", "aaaaa10.|heic|"), []string{
			"Photo: %s", "see %s", "face photo %s attached", "picture (%s)", "image file %s", "Uploaded %s today", "posture photo %s", "photos/%s"}},
		{"employer", []func(*rand.Rand) string{company, companyInc}, []string{
			"works at %s", "She works for %s.", "employed by %s", "Employer: %s", "employer is %s", "job at %s", "worked for %s", "Employer name: %s", "hired by %s", "is an employee of %s",
			"works as a cashier at %s", "Her employer is %s", "shift at %s", "He works at %s.", "was employed at %s", "drives for %s", "EMPLOYER: %s", "lifting boxes at %s", "works part time at %s", "coworkers at %s"}},
		{"other", likes("AA1000001", "1000-1000", "A-10000", "00100100"), []string{
			"Reference # %s", "Ref. no. %s", "case number %s", "Case # %s", "Confirmation no. %s", "File # %s", "tracking number %s", "Passport no. %s", "Rx # %s", "Employee ID %s"}},
	}
}

// changed changes what another maker makes.
func changed(change func(string) string, make func(*rand.Rand) string) func(*rand.Rand) string {
	return func(r *rand.Rand) string { return change(make(r)) }
}

func email(at string) func(*rand.Rand) string {
	return func(r *rand.Rand) string {
		return strings.ToLower(given(r)) + "." + strings.ToLower(family(r)) + at + like("aaaaaa")(r) + ".com"
	}
}

func hexIP(d string) string { return "fe80::1ff:fe23:4567:89a" + d }

func ipv4(r *rand.Rand) string {
	return fmt.Sprintf("%d.%d.%d.%d", 1+r.IntN(223), r.IntN(256), r.IntN(256), 1+r.IntN(254))
}

var phones = likes("(|206|) |555|-0101", "|425|-|555|-0101", "|360|.|555|.0101", "|509| |555| 0101", "+1 |253| |555| 0101", "1-|503|-|555|-0101", "|971555|0101", "(|206|)|555|-0101 x11", "|425|-|555|-0101 ext. 12")

var dates = []func(*rand.Rand) string{
	date("1/2/2006"), date("01/02/06"), date("January 2, 2006"), date("Jan 2, 2006"), date("2 January 2006"), date("2-Jan-2006"), date("2006-01-02"), date("1-2-2006"), date("1.2.2006"), date("Jan. 2, 2006"),
}
