package phi

// workCues end just before an employer: the word, and what may precede it.
var workCues = map[string]map[string]bool{
	"at":       setOf("works work worked working job jobs position employed shift shifts desk career cashier nurse teacher manager clerk cook driver barista engineer server intern time coworkers employee hired lifting boxes warehouse office"),
	"for":      setOf("works work worked working drives driving employee contractor"),
	"by":       setOf("employed hired insured-by sponsored"),
	"with":     setOf("employed employment job"),
	"of":       setOf("employee employees worker owner"),
	"employer": nil,
	"company":  nil,
}

var companyWords = setOf("inc llc corp corporation ltd co company foods market markets depot school district hospital clinic university college bank airlines logistics construction plumbing roofing farms brewing bakery cafe restaurant services solutions group partners industries associates systems store stores center")

var companyEnds = setOf("inc llc corp corporation ltd llp plc incorporated gmbh")

// employers finds where somebody works: behind a cue, or by its legal form.
func (r *reader) employers() {
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		before, ok := workCues[w.fold]
		switch {
		case ok && before == nil:
			r.employerAfter(i+1, true)
		case ok && (r.in(i-1, before) || r.in(i-2, before) && r.words[i-1].shape == lower):
			r.employerAfter(i+1, false)
		case companyEnds[w.fold] && w.capital() && i > 0 && r.words[i-1].shape != digit:
			r.company(i)
		}
	}
}

// employerAfter records the employer at word i. As a label, "employer" needs a
// colon, "is" or "name" before the value.
func (r *reader) employerAfter(i int, label bool) {
	j := i
	for n := 0; n < 3 && r.is(j, ":", "is", "was", "name", "named", "'s", "called", "the", "#", "-"); n++ {
		j++
	}
	if j >= len(r.words) || label && j == i || r.words[j].broken && !label {
		return
	}
	end := r.companyRun(j)
	if end > j {
		r.cued(j, end, Employer)
	}
}

// companyRun is the word behind the company at word i.
func (r *reader) companyRun(i int) int {
	end := i
	for k := i; k < len(r.words) && k < i+7 && (k == i || !r.words[k].broken); k++ {
		w := r.words[k]
		joint := k > i && (r.is(k, "&", "-", "'", ".") || r.is(k, "of", "and", "the") && !w.caseless && w.shape == lower)
		switch {
		case joint && k+1 < len(r.words) && (r.words[k+1].capital() || r.words[k+1].caseless) && !(r.is(k, ".") && r.words[k+1].first):
		case w.letters() && w.capital() && !w.caseless, w.shape == mixed && w.spaced, w.shape == digit && k > i && len(w.fold) < 4 && !r.words[k].first:
			end = k + 1
		case w.letters() && w.caseless && (r.name(k) >= homograph && !noNames[w.fold] || k > i && companyWords[w.fold]):
			end = k + 1
		default:
			return end
		}
	}
	return end
}

// company records the capitalised words before a legal form.
func (r *reader) company(i int) {
	k := i
	if r.is(k-1, ",") {
		k--
	}
	from := k
	for n := 0; n < 5 && k > 0 && (r.words[k-1].capital() || r.is(k-1, "&", "-")) && !r.words[k].broken; n++ {
		if k--; r.words[k].shape != mark {
			from = k
		}
	}
	if from < i && !r.allKeep(from, i) {
		r.add(from, i+1, Employer, false)
	}
}
