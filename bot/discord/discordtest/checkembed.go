package discordtest

import (
	"net/url"
	"slices"
)

const maxEmbedText = 6000

// embeds checks embeds. What is counted against the whole is the text of each.
func (f *form) embeds(path string, all []obj) {
	f.count(path, len(all), 0, 10)
	total := 0
	for i, e := range all {
		p := at(path, i)
		f.known(p, e, "title description url color timestamp footer image thumbnail author fields type video provider")
		total += f.part(p+".title", str(e["title"]), 256)
		total += f.part(p+".description", str(e["description"]), 4096)
		f.address(p+".url", str(e["url"]))
		if o := object(e["footer"]); o != nil {
			f.length(p+".footer.text", str(o["text"]), 1, 2048)
			total += size(str(o["text"]))
		}
		if o := object(e["author"]); o != nil {
			f.length(p+".author.name", str(o["name"]), 1, 256)
			f.address(p+".author.url", str(o["url"]))
			total += size(str(o["name"]))
		}
		for _, k := range []string{"image", "thumbnail"} {
			if o := object(e[k]); o != nil {
				f.address(p+"."+k+".url", str(o["url"]))
			}
		}
		total += f.embedFields(p+".fields", objects(e["fields"]))
		if c := num(e["color"]); c < 0 || c > 0xffffff {
			f.add(p+".color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.")
		}
		if bare(e) {
			f.required(p + ".description")
		}
	}
	if total > maxEmbedText {
		f.add(path, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
	}
}

func (f *form) embedFields(path string, all []obj) int {
	total := 0
	f.count(path, len(all), 0, 25)
	for i, one := range all {
		p := at(path, i)
		f.length(p+".name", str(one["name"]), 1, 256)
		f.length(p+".value", str(one["value"]), 1, 1024)
		total += size(str(one["name"])) + size(str(one["value"]))
	}
	return total
}

// part checks a text, and gives its size.
func (f *form) part(path, text string, high int) int {
	f.length(path, text, 0, high)
	return size(text)
}

// bare says whether an embed shows nothing.
func bare(e obj) bool {
	for _, k := range []string{"title", "description", "footer", "author", "fields", "image", "thumbnail"} {
		if v := e[k]; v != nil && v != "" && len(list(v)) != 0 || object(v) != nil || str(v) != "" {
			return false
		}
	}
	return true
}

// address checks an address that is given; attachment:// names a file.
func (f *form) address(path, text string) {
	if text == "" {
		return
	}
	u, err := url.Parse(text)
	if err != nil || !slices.Contains([]string{"http", "https", "attachment"}, u.Scheme) || u.Host == "" {
		f.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	}
	f.length(path, text, 1, 2048)
}
