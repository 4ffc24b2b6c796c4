package phi

import (
	"regexp"
	"strings"
)

var (
	emailShape = regexp.MustCompile(`[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}[\p{L}\p{N}])?\.){1,6}\p{L}{2,18}`)
	emailWords = regexp.MustCompile(`(?i)[\p{L}\p{N}._-]{1,40}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s)\s?[\p{L}\p{N}-]{1,40}(?:\s?(?:\(dot\)|\[dot\]|\sdot\s)\s?[\p{L}\p{N}-]{2,20}){1,3}`)
	urlShape   = regexp.MustCompile(`(?i)\b(?:(?:https?|ftp|sftp|file|tel|sms|mailto)://?[^\s<>"“”]+|www\.[^\s<>"“”]+)`)
	domain     = regexp.MustCompile(`(?i)\b(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,5}(?:com|net|org|edu|io|co|info|biz|me|us|app|dev|health|care|clinic|online|site|shop|tv|uk|ca|au|de|fr|eu|nz|be|ch|es|hu|cz|at|ly)\b(?:/[^\s<>"“”]*)?`)
	handle     = regexp.MustCompile(`(?:^|[\s(:])@[A-Za-z][A-Za-z0-9_.]{2,30}`)
	imageFile  = regexp.MustCompile(`(?i)[\p{L}\p{N}_()-]{1,64}\.(?:jpe?g|png|heic|heif|gif|tiff?|bmp|webp|dcm)\b`)
)

// contacts finds addresses of the net, and the names of image files.
func (r *reader) contacts() {
	if strings.Contains(r.text, "@") {
		r.all(emailShape, Email)
		r.all(handle, URL)
	}
	lower := strings.ToLower(r.text)
	if strings.Contains(lower, "at") && strings.Contains(lower, "dot") {
		r.all(emailWords, Email)
	}
	if strings.Contains(lower, "www.") || strings.Contains(lower, ":/") {
		r.all(urlShape, URL)
	}
	if strings.Contains(lower, ".") {
		r.all(imageFile, Photo)
		r.all(domain, URL)
	}
}

// all records each match of a pattern, without the marks that end a sentence.
func (r *reader) all(re *regexp.Regexp, t Type) {
	for _, m := range re.FindAllStringIndex(r.text, -1) {
		start, end := m[0], m[1]
		for start < end && strings.IndexByte(" \n\t\r(:'", r.text[start]) >= 0 {
			start++
		}
		for end > start && strings.IndexByte(".,;:!?)]}'\"", r.text[end-1]) >= 0 {
			end--
		}
		i := searchWord(r.words, start)
		if t == URL && official(r.text[start:end]) {
			r.keepNumbers(i, end)
			continue
		}
		if end == start {
			continue
		}
		r.addSpan(span{start: start, end: end, typ: t, sure: true, firm: true}, i, r.wordAt(i, end))
	}
}

// keepNumbers keeps the section numbers of an official address.
func (r *reader) keepNumbers(i, end int) {
	for ; i < len(r.words) && r.words[i].start < end; i++ {
		if r.words[i].shape == digit || r.words[i].shape == mixed {
			r.keep[i] = true
		}
	}
}

// official reports whether an address is a publisher's of law, which names
// nobody.
func official(url string) bool {
	host := strings.ToLower(url)
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	host, _, _ = strings.Cut(host, "/")
	return strings.HasSuffix(host, ".gov") || strings.HasSuffix(host, "courtlistener.com") || strings.HasSuffix(host, "law.cornell.edu")
}
