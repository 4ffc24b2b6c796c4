package discordtest_test

import (
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/discord/discordtest"
)

func long(n int) string { return strings.Repeat("a", n) }

func many(n int, one func(i int) any) []any {
	out := []any{}
	for i := range n {
		out = append(out, one(i))
	}
	return out
}

func row(all ...any) obj { return obj{"type": 1, "components": all} }

func pressable(id string) obj { return obj{"type": 2, "style": 1, "label": "x", "custom_id": id} }

func option(i int) any { return obj{"label": "x", "value": string(rune('a' + i))} }

func selecting(n int) obj { return obj{"type": 3, "custom_id": "s", "options": many(n, option)} }

func embed(o obj) obj { return obj{"embeds": []any{o}} }

func layout(all ...any) obj { return obj{"flags": discordtest.ComponentsV2, "components": all} }

func TestBodiesThatAreRefused(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	with := func(components ...any) obj { return obj{"content": "x", "components": components} }
	for name, c := range map[string]struct {
		body obj
		want string // "" is taken
	}{
		"2,000 characters":       {obj{"content": long(2000)}, ""},
		"2,001 characters":       {obj{"content": long(2001)}, "content: Must be 2000 or fewer in length."},
		"1,001 emoji":            {obj{"content": strings.Repeat("🙂", 1001)}, "content: Must be 2000"},
		"content no string":      {obj{"content": 5}, "content: Value must be a string."},
		"ephemeral by no one":    {obj{"content": "x", "flags": discordtest.Ephemeral}, "flags:"},
		"eleven embeds":          {obj{"embeds": many(11, func(int) any { return obj{"title": "x"} })}, "embeds:"},
		"embed's title":          {embed(obj{"title": long(257)}), "embeds.0.title: Must be 256"},
		"embed's description":    {embed(obj{"description": long(4097)}), "embeds.0.description: Must be 4096"},
		"embed's footer":         {embed(obj{"footer": obj{"text": long(2049)}}), "embeds.0.footer.text: Must be 2048"},
		"embed's author":         {embed(obj{"author": obj{"name": long(257)}}), "embeds.0.author.name: Must be 256"},
		"embed's field":          {embed(obj{"fields": []any{obj{"name": long(257), "value": ""}}}), "embeds.0.fields.0.name: Must be 256"},
		"embed's value":          {embed(obj{"fields": []any{obj{"name": "x", "value": long(1025)}}}), "embeds.0.fields.0.value: Must be 1024"},
		"embed's value is empty": {embed(obj{"fields": []any{obj{"name": "x", "value": ""}}}), "embeds.0.fields.0.value: This field is required"},
		"26 fields":              {embed(obj{"fields": many(26, func(int) any { return obj{"name": "x", "value": "y"} })}), "embeds.0.fields:"},
		"6,001 in all":           {obj{"embeds": []any{obj{"description": long(3000)}, obj{"description": long(3001)}}}, "embeds: Embed size exceeds"},
		"6,000 in all":           {obj{"embeds": []any{obj{"description": long(3000)}, obj{"description": long(3000)}}}, ""},
		"embed without anything": {embed(obj{"color": 1}), "embeds.0.description: This field is required"},
		"embed's address":        {embed(obj{"title": "x", "url": "javascript:x"}), "embeds.0.url: Not a well formed URL."},
		"six rows":               {with(many(6, func(i int) any { return row(pressable(string(rune('a' + i)))) })...), "components:"},
		"six buttons":            {with(row(many(6, func(i int) any { return pressable(string(rune('a' + i))) })...)), "components.0.components:"},
		"button in no row":       {with(pressable("a")), "components.0.type: Value must be one of {1}."},
		"button's label":         {with(row(obj{"type": 2, "style": 1, "label": long(81), "custom_id": "a"})), "components.0.components.0.label: Must be 80"},
		"button's id":            {with(row(obj{"type": 2, "style": 1, "label": "x", "custom_id": long(101)})), "components.0.components.0.custom_id: Must be 100"},
		"button without id":      {with(row(obj{"type": 2, "style": 1, "label": "x"})), "components.0.components.0.custom_id: This field is required"},
		"link with id":           {with(row(obj{"type": 2, "style": 5, "label": "x", "url": "https://a.example", "custom_id": "a"})), "cannot both be specified"},
		"link without url":       {with(row(obj{"type": 2, "style": 5, "label": "x"})), "A url is required"},
		"button without words":   {with(row(obj{"type": 2, "style": 1, "custom_id": "a"})), "must have a label or an emoji"},
		"an id twice":            {with(row(pressable("a"), pressable("a"))), "cannot be duplicated"},
		"25 options":             {with(row(selecting(25))), ""},
		"26 options":             {with(row(selecting(26))), "components.0.components.0.options:"},
		"select and button":      {with(row(selecting(1), pressable("a"))), "exceeds the maximum width"},
		"an option twice":        {with(row(obj{"type": 3, "custom_id": "s", "options": []any{option(0), option(0)}})), "already used"},
		"text input in message":  {with(row(obj{"type": 4, "custom_id": "a"})), "components.0.components.0.type:"},
		"layout":                 {layout(obj{"type": 10, "content": "x"}, row(pressable("a"))), ""},
		"layout and content":     {obj{"content": "x", "flags": discordtest.ComponentsV2, "components": []any{obj{"type": 10, "content": "x"}}}, "IS_COMPONENTS_V2"},
		"41 components":          {layout(many(41, func(int) any { return obj{"type": 10, "content": "x"} })...), "cannot exceed 40"},
		"4,001 in a layout":      {layout(obj{"type": 10, "content": long(2000)}, obj{"type": 10, "content": long(2001)}), "cannot exceed 4000"},
		"section alone":          {layout(obj{"type": 9, "components": []any{obj{"type": 10, "content": "x"}}}), "accessory: This field is required"},
		"container in container": {layout(obj{"type": 17, "components": []any{obj{"type": 17, "components": []any{}}}}), "components.0.components.0.type"},
		"radio in a message":     {layout(obj{"type": 21}), "components.0.type"},
		"parse and ids":          {obj{"content": "x", "allowed_mentions": obj{"parse": []any{"users"}, "users": []any{discordtest.Member}}}, "mutually exclusive"},
		"parse of what":          {obj{"content": "x", "allowed_mentions": obj{"parse": []any{"all"}}}, "allowed_mentions.parse.0:"},
		"a file that is not":     {obj{"content": "x", "attachments": []any{obj{"id": "0", "filename": "a"}}}, "attachments.0.id:"},
	} {
		status, out := do(t, s, "POST", messages(discordtest.Public), c.body)
		if c.want == "" {
			if status != 200 {
				t.Errorf("%s: %d %v", name, status, out)
			}
			continue
		}
		if status != 400 || out["code"] != 50035.0 || out["errors"] == nil {
			t.Errorf("%s: %d %v", name, status, out)
		}
		detail(t, s, c.want)
	}
}

func TestAnErrorSaysWhereItIs(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	_, out := do(t, s, "POST", messages(discordtest.Public), embed(obj{"title": long(257)}))
	in := out["errors"].(obj)["embeds"].(obj)["0"].(obj)["title"].(obj)["_errors"].([]any)[0].(obj)
	if in["code"] != "BASE_TYPE_MAX_LENGTH" || in["message"] != "Must be 256 or fewer in length." {
		t.Errorf("the error is %v", in)
	}
}

func TestStrangeFieldsAreNoted(t *testing.T) {
	t.Parallel()
	s, _ := start(t, discordtest.Options{})
	do(t, s, "POST", messages(discordtest.Public), obj{"contents": "x", "content": "x", "embeds": []any{obj{"title": "x", "titel": "y"}}})
	if got := strings.Join(s.Calls("")[0].Strange, " "); got != "contents embeds.0.titel" {
		t.Errorf("strange: %q", got)
	}
}

func TestBodiesThatAreNoJSON(t *testing.T) {
	t.Parallel()
	s, c := start(t, discordtest.Options{})
	_, err := c.RequestRaw("POST", "https://discord.com/api/v9"+messages(discordtest.Public), "application/json", []byte("{"), "", 0)
	wants(t, err, 400, 50109)
	_, err = c.RequestRaw("POST", "https://discord.com/api/v9"+messages(discordtest.Public), "text/plain", []byte("{}"), "", 0)
	wants(t, err, 400, 50035)
	_, err = c.RequestRaw("GET", "https://discord.com/api/v6/users/@me", "", nil, "", 0)
	wants(t, err, 400, 50041)
	if n := len(s.Messages(discordtest.Public)); n != 0 {
		t.Errorf("%d messages", n)
	}
}
