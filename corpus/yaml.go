package corpus

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
)

// unmarshal reads YAML into v and refuses unknown fields. The decoder
// panics on some malformed documents (a tag in place of a list); that is an
// error of the document like any other.
func unmarshal(data []byte, v any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the YAML cannot be read: %v", p)
		}
	}()
	if err := yaml.UnmarshalWithOptions(data, v, yaml.Strict()); err != nil {
		return errors.New(yaml.FormatError(err, false, false))
	}
	return nil
}
