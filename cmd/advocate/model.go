package main

import (
	"errors"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/model"
)

// languageModel is the model that the settings name, or nil where they name
// none. It asks nothing of it yet.
func (a *app) languageModel() (*model.Client, error) {
	c, err := a.settings.modelConfig()
	if err != nil || c.Base == "" {
		return nil, err
	}
	c.Now = a.now
	if a.settings.data.value != "" {
		c.Spent = filepath.Join(a.settings.data.value, "model")
	}
	m, err := model.New(c)
	if errors.Is(err, model.ErrConfig) {
		return nil, usage("%w", err)
	}
	return m, failed(err)
}

// modelConfig reads the settings of the language model. No error holds the
// key.
func (s *settings) modelConfig() (model.Config, error) {
	c := model.Config{Base: s.modelURL.value, Name: s.modelName.value}
	switch {
	case c.Base == "" && c.Name != "":
		return c, usage("%s names a model, and no address: give --model-url, such as http://localhost:11434", s.modelName.name())
	case c.Base != "" && c.Name == "":
		return c, usage("%s names no model: give --model, as the endpoint calls it", s.modelURL.name())
	}
	var err error
	if c.Key, err = secret(&s.modelKey, &s.modelKeyFile); err != nil {
		return c, err
	}
	for _, n := range []struct {
		x  *setting
		to *int
	}{{&s.modelContext, &c.Context}, {&s.modelAnswer, &c.Answer}, {&s.modelBytes, &c.Bytes}} {
		if *n.to, err = strconv.Atoi(n.x.value); err != nil || *n.to < 1 {
			return c, usage("%s %q: want a number, 1 or more", n.x.name(), n.x.value)
		}
	}
	if c.Total, err = time.ParseDuration(s.modelTime.value); err != nil || c.Total <= 0 {
		return c, usage("%s %q: want a time such as 45s or 2m", s.modelTime.name(), s.modelTime.value)
	}
	return c, s.money(&c)
}

// money reads the prices and the day's limit into c.
func (s *settings) money(c *model.Config) (err error) {
	if day := s.modelDay.value; day != "" {
		if c.Day, err = strconv.ParseFloat(day, 64); err != nil || !(c.Day > 0) || s.modelPrices.value == "" {
			return usage("%s %q: want an amount such as 2.50, and the prices it counts by with --model-prices", s.modelDay.name(), day)
		}
	}
	if prices := s.modelPrices.value; prices != "" {
		in, out, ok := strings.Cut(prices, ",")
		var err2 error
		c.Input, err = strconv.ParseFloat(strings.TrimSpace(in), 64)
		c.Output, err2 = strconv.ParseFloat(strings.TrimSpace(out), 64)
		if !ok || err != nil || err2 != nil || !(c.Input >= 0) || !(c.Output >= 0) {
			return usage("%s %q: want two prices of a million tokens, such as 0.15,0.60", s.modelPrices.name(), prices)
		}
	}
	return nil
}

// sayModel says in a line which model takes part.
func (a *app) sayModel(m bot.Model) string {
	if m == nil {
		return "no language model: the built-in composer answers; --model-url and --model set one, which puts checked answers into more fluent words"
	}
	where := "this machine"
	if u, err := url.Parse(a.settings.modelURL.value); err == nil && !m.Home() {
		where = u.Host
	}
	return "language model " + m.Name() + ", at " + where + ": it puts checked answers into more fluent words, and is sent no names, numbers or addresses of persons that the gate finds"
}
